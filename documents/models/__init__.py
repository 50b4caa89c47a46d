from documents.models.counter import NumberCounter
from documents.models.document import Audience, Document, Status
from documents.models.seal_key import SealKey

__all__ = ["Audience", "Document", "NumberCounter", "SealKey", "Status"]
