from documents.models.counter import FIRST_ISSUER, NumberCounter
from documents.models.document import Audience, Document, Status

__all__ = ["FIRST_ISSUER", "Audience", "Document", "NumberCounter", "Status"]
