from documents.views.card import (
    document_again,
    document_card,
    document_pdf,
)
from documents.views.listing import document_list

__all__ = [
    "document_again",
    "document_card",
    "document_list",
    "document_pdf",
]
