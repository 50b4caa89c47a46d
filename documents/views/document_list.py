"""The list of papers: its columns, its page and its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from documents import queries, words
from documents.forms import FilterForm
from documents.models import Document
from documents.queries import LATEST, DocumentFilter
from tenants.kit import pills
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission


def kind(document: Document) -> str:
    return words.kinds().get(document.kind, document.kind)


def audience(document: Document) -> str:
    return words.audiences()[document.audience]


def status(document: Document) -> str:
    return words.pill(document)[0]


def status_pill(document: Document) -> str:
    return pills.pill(*words.pill(document))


COLUMNS = (
    Column(
        "title",
        _("Document"),
        "title",
        fixed=True,
        opens=True,
    ),
    Column("kind", _("Kind"), kind),
    Column("order", _("Order"), "order_ref"),
    Column("issued", _("Date"), "issued_on", LATEST),
    Column("audience", _("Who sees it"), audience),
    Column("status", _("Status"), status, text=status_pill),
    Column("pdf", "PDF", "is_ready", exported=False),
)
DOCUMENTS = Listing(
    name="documents",
    title=_("Documents"),
    url="documents:document-list",
    columns=COLUMNS,
    sort=LATEST,
    opens="documents:document-card",
    named_by="title",
    search_hint=_("Number, title, order"),
    export="documents:document-export",
    saved="documents:view",
    tabs_narrow=True,
    empty=Empty(
        title=_("No documents yet"),
        icon="file-text",
        text=_(
            "Orders, instructions, invoices and acts are made by themselves as an order goes its way."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class DocumentListPage:
    list: ListPage


def tabs() -> list[Tab]:
    """All papers, and one tab for each kind."""
    kinds = [Tab(kind, label, {"kind": kind}) for kind, label in words.kinds().items()]
    return [Tab("all", _("All")), *kinds]


def filters_of(address: Address) -> DocumentFilter:
    """What an address asks for; what makes no sense is left out."""
    kind = address.value("kind")
    return DocumentFilter(
        kind=kind if kind in words.kinds() else "",
        search=address.search,
        status=address.filters.get("status", ""),
        order=address.filters.get("order", ""),
    )


@require_GET
@needs(Permission.DOCUMENT_VIEW)
def document_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    address = DOCUMENTS.address(request, FilterForm(request.GET))
    filters = filters_of(address)
    counts = queries.counts(actor, filters, words.kinds())
    shown = DOCUMENTS.shown(
        address,
        DOCUMENTS.page(address, queries.documents(actor, filters), reader=actor),
        count=counts[filters.kind or "all"],
        counts=counts,
        saved=saved_views.of(actor, DOCUMENTS),
        tabs=tabs(),
    )
    return page(request, "documents/list.html", DocumentListPage(shown))


@require_GET
@needs(Permission.DOCUMENT_VIEW)
def document_export(request: OfficeRequest) -> HttpResponseBase:
    address = DOCUMENTS.address(request, FilterForm(request.GET))
    papers = queries.documents(request.actor, filters_of(address))
    return DOCUMENTS.file(
        address,
        DOCUMENTS.everything(address, papers),
    )
