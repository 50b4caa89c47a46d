from documents.models.counter import NumberCounter
from documents.models.document import Audience, Document, Status

__all__ = ["Audience", "Document", "NumberCounter", "Status"]
