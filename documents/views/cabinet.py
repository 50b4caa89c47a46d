"""The papers of a client or a partner, each in its own cabinet."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from documents import queries
from documents.queries import DocumentFilter
from documents.views.document_list import COLUMNS, DOCUMENTS, DocumentListPage
from tenants.kit.counting import count_capped
from tenants.kit.listing import Empty, Listing
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

CLIENT = replace(
    DOCUMENTS,
    name="cabinet-documents",
    url="documents:cabinet-documents",
    columns=tuple(column for column in COLUMNS if column.key != "audience"),
    opens="documents:document-pdf",
    export="",
    saved="",
    tabs=(),
    tabs_narrow=False,
    empty=Empty(
        title=_("No documents yet"),
        icon="file-text",
        text=_("Documents of your orders will appear here."),
    ),
)
PARTNER = replace(CLIENT, name="partner-documents", url="documents:partner-documents")


@require_GET
@needs(Permission.CLIENT_CABINET)
def client_documents(request: OfficeRequest) -> HttpResponse:
    return _documents(request, CLIENT)


@require_GET
@needs(Permission.PARTNER_CABINET)
def partner_documents(request: OfficeRequest) -> HttpResponse:
    return _documents(request, PARTNER)


def _documents(request: OfficeRequest, listing: Listing) -> HttpResponse:
    """What `documents.access` lets this person see."""
    address = listing.address(request)
    papers = queries.documents(request.actor, DocumentFilter(search=address.search))
    shown = listing.shown(
        address,
        listing.page(address, papers, reader=request.actor),
        count=count_capped(papers),
    )
    return page(request, "documents/cabinet_list.html", DocumentListPage(shown))
