"""The list of receipts: what clients paid, and what was given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from finance import queries
from finance.models import Payment
from finance.queries.receipts import NEWEST, SORTS
from finance.views.tabs import books_tabs
from tenants.kit import formats, pieces
from tenants.kit.counting import count_capped
from tenants.kit.listing import Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission


def amount(payment: Payment) -> str:
    """A refund stands with a minus."""
    sign = "−" if payment.refund_of_id else ""
    return sign + formats.money(payment.amount, payment.currency)


def signed(payment: Payment) -> object:
    return -payment.amount if payment.refund_of_id else payment.amount


def method(payment: Payment) -> str:
    return payment.method_label


COLUMNS = (
    Column("on", _("Date"), "paid_on", NEWEST, fixed=True),
    Column("client", _("Client"), "invoice.client_name", SORTS["client"]),
    Column("invoice", _("Invoice"), "invoice.number", fixed=True),
    Column("order", _("Order"), "order_ref"),
    Column("method", pgettext_lazy("payment", "Method"), method),
    Column("amount", _("Amount"), signed, SORTS["amount"], numeric=True, text=amount),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("reference", _("Reference"), "reference"),
    Column("by", _("Made by"), "entered_name", hidden=True),
)
RECEIPTS = Listing(
    name="receipts",
    title=_("Receipts"),
    url="finance:receipt-list",
    columns=COLUMNS,
    sort=NEWEST,
    named_by="invoice.number",
    search_hint=_("Client, invoice, order"),
    export="finance:receipt-export",
    saved="finance:receipt-view",
    tabs=(
        Tab("all", _("All")),
        Tab("received", _("Receipts"), {"view": "received"}),
        Tab("refunds", _("Refunds"), {"view": "refunds"}),
        Tab("unnumbered", _("Without a number"), {"view": "unnumbered"}),
    ),
    empty=Empty(
        title=_("No receipts yet"),
        icon="coins",
        text=_("Payments of clients will appear here."),
    ),
)


@dataclass(frozen=True, slots=True)
class ReceiptListPage:
    list: ListPage
    tabs: Sequence[pieces.Tab]


@require_GET
@needs(Permission.FINANCE_VIEW)
def receipt_list(request: OfficeRequest) -> HttpResponse:
    address = RECEIPTS.address(request)
    payments = queries.receipts(request.actor, search=address.search, view=address.value("view"))
    shown = RECEIPTS.shown(
        address,
        RECEIPTS.page(address, payments, reader=request.actor),
        count=count_capped(payments),
        saved=saved_views.of(request.actor, RECEIPTS),
    )
    context = ReceiptListPage(shown, books_tabs("receipt-list"))
    return page(request, "finance/receipts.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def receipt_export(request: OfficeRequest) -> HttpResponseBase:
    address = RECEIPTS.address(request)
    payments = queries.receipts(request.actor, search=address.search, view=address.value("view"))
    return RECEIPTS.file(address, RECEIPTS.everything(address, payments))
