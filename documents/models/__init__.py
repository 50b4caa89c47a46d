from documents.models.counter import FIRST_ISSUER, NumberCounter
from documents.models.document import Audience, Document, Status
from documents.models.seal_key import SealKey

__all__ = ["FIRST_ISSUER", "Audience", "Document", "NumberCounter", "SealKey", "Status"]
