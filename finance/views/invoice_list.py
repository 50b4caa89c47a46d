"""The list of invoices: its columns, its page and its export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from finance import queries
from finance.forms import InvoiceFilters
from finance.models import Status
from finance.queries.invoices import NEWEST, SORTS, InvoiceFilter, Totals
from finance.views.tabs import books_tabs
from finance.words import status_pill
from orders.models import Order
from tenants.kit import formats, months, pieces
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.listing_cells import Record
from tenants.kit.listing_parts import counted, totals_line
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

WAITING = 10  # completed orders without an invoice that the list shows


def status(row: Record) -> str:
    return str(Status(row.status).label)


def pill(row: Record) -> str:
    return status_pill(row.status, is_late=row.is_late)


def gross(row: Record) -> str:
    return f"{formats.number(row.gross, 2)} {row.currency}"


def amount(name: str) -> Callable[[Record], str]:
    return lambda row: formats.number(getattr(row, name), 2)


COLUMNS = (
    Column("number", _("Number"), "number", NEWEST, fixed=True, opens=True),
    Column("status", _("State"), status, text=pill),
    Column("client", _("Client"), "client_name", SORTS["client"]),
    Column("order", _("Order"), "order_ref"),
    Column("issued", _("Issued on"), "issued_on", SORTS["issued"]),
    Column("due", _("Due"), "due_on", SORTS["due"]),
    Column(
        "gross",
        _("Amount"),
        "gross",
        SORTS["gross"],
        numeric=True,
        text=gross,
    ),
    Column(
        "credited",
        _("Taken off"),
        "credited",
        numeric=True,
        hidden=True,
        text=amount("credited"),
    ),
    Column("paid", _("Paid"), "paid", numeric=True, text=amount("paid")),
    Column(
        "left",
        _("Left"),
        "left",
        SORTS["left"],
        numeric=True,
        text=amount("left"),
    ),
    Column("currency", _("Currency"), "currency", on_page=False),
)
INVOICES = Listing(
    name="invoices",
    title=_("Invoices"),
    url="finance:invoice-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="finance:invoice-card",
    opens_by="number",
    named_by="number",
    search_hint=_("Number, client, order"),
    export="finance:invoice-export",
    saved="finance:invoice-view",
    tabs=(
        Tab("all", _("All")),
        Tab("open", pgettext_lazy("invoices", "Open"), {"view": "open"}),
        Tab("overdue", _("Overdue"), {"view": "overdue"}),
        Tab("paid", _("Paid"), {"view": "paid"}),
        Tab("written_off", pgettext_lazy("invoices", "Written off"), {"view": "written_off"}),
        Tab("cancelled", _("Cancelled"), {"view": "cancelled"}),
    ),
    empty=Empty(
        title=_("No invoices yet"),
        icon="file-invoice",
        text=_(
            "An invoice is issued by itself when an order is completed; it can be issued earlier from here."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class InvoiceListPage:
    list: ListPage
    waiting: Sequence[Order]  # completed, without an invoice
    tabs: Sequence[pieces.Tab]


def address_of(request: OfficeRequest) -> Address:
    return INVOICES.address(request, InvoiceFilters(request.GET))


def filters_of(address: Address) -> InvoiceFilter:
    """What an address asks for; what makes no sense is left out."""
    values = address.filters
    return InvoiceFilter(
        search=address.search,
        view=address.value("view"),
        order=values.get("order", ""),
        company=values.get("company"),
        issued_from=values.get("issued_from"),
        issued_to=values.get("issued_to"),
    )


@require_GET
@needs(Permission.FINANCE_VIEW)
def invoice_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    today = months.today_of(request)
    address = address_of(request)
    invoices = INVOICES.page(
        address,
        queries.rows(actor, filters_of(address), today=today),
        reader=actor,
    )
    totals = queries.totals_of(invoices.rows)
    shown = INVOICES.shown(
        address,
        invoices,
        records=with_lateness(invoices.rows, today),
        count=totals.count,
        counts=queries.counts(actor, today=today),
        totals=in_all(totals, request.reseller.currency),
        saved=saved_views.of(actor, INVOICES),
    )
    context = InvoiceListPage(
        list=shown,
        waiting=list(queries.without_invoice()[:WAITING]),
        tabs=books_tabs("invoice-list"),
    )
    return page(request, "finance/invoices.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def invoice_export(request: OfficeRequest) -> HttpResponseBase:
    address = address_of(request)
    rows = queries.everything(
        request.actor,
        filters_of(address),
        address.sort,
        today=months.today_of(request),
    )
    return INVOICES.file(address, rows)


def with_lateness(
    rows: Iterable[dict[str, Any]],
    today: date,
) -> list[dict[str, Any]]:
    return [row | {"is_late": row["due_on"] < today} for row in rows]


def in_all(
    totals: Totals,
    home: str,
) -> str:
    """Count and sums of all invoices asked for, in words."""
    number = totals.count.number
    count = ngettext("%(num)s invoice", "%(num)s invoices", number) % {"num": counted(totals.count)}
    sums = (
        (gettext("amount"), totals.gross),
        (gettext("left"), totals.rest),
    )
    return totals_line(sums, home, count=count, summed=not totals.count.more)
