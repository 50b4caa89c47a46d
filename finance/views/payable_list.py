"""The list of what is owed to carriers: its columns, its page and its export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from finance import queries
from finance.models import Payable
from finance.queries.payouts import DUE, SORTS
from finance.views.tabs import books_tabs
from tenants.kit import formats, months, pieces
from tenants.kit.counting import count_capped
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


def amount(debt: Payable) -> str:
    return formats.money(debt.amount, debt.currency)


def net(debt: Payable) -> Decimal:
    return debt.amount - debt.tax


def tax(debt: Payable) -> str:
    return formats.money(debt.tax)


def paid(debt: Payable) -> str:
    return formats.money(debt.paid)


def left(debt: Payable) -> str:
    return formats.money(debt.rest)


COLUMNS = (
    Column("order", _("Order"), "order.ref", fixed=True),
    Column("payee", _("Carrier"), "payee", SORTS["payee"]),
    Column("due", _("Due"), "due_on", DUE),
    Column(
        "amount",
        _("Amount"),
        "amount",
        SORTS["amount"],
        numeric=True,
        text=amount,
    ),
    Column("net", _("Without taxes"), net, numeric=True, hidden=True),
    Column("tax", _("Taxes"), "tax", numeric=True, hidden=True, text=tax),
    Column("tax_invoice", _("Tax invoice"), "tax_invoice", hidden=True),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("paid", pgettext_lazy("payout", "Paid"), "paid", numeric=True, text=paid),
    Column("left", _("Left"), "rest", SORTS["left"], numeric=True, text=left),
    Column("act", _("Actions"), "id", exported=False, fixed=True, css="row-end"),
)
PAYABLES = Listing(
    name="payables",
    title=_("Carriers"),
    url="finance:payable-list",
    columns=COLUMNS,
    sort=DUE,
    named_by="order.ref",
    search_hint=_("Carrier, order"),
    export="finance:payable-export",
    saved="finance:payable-view",
    tabs=(
        Tab("open", _("To pay")),
        Tab("paid", pgettext_lazy("payout", "Paid"), {"view": "paid"}),
        Tab("without_invoice", _("VAT without a tax invoice"), {"view": "without_invoice"}),
        Tab("all", _("All"), {"view": "all"}),
    ),
    empty=Empty(
        title=_("Nothing is owed to carriers"),
        icon="truck",
        text=_("A debt to a carrier appears when its order is completed."),
    ),
)


@dataclass(frozen=True, slots=True)
class PayableListPage:
    list: ListPage
    today: date
    tabs: Sequence[pieces.Tab]


def debts_of(request: OfficeRequest, address: Address) -> QuerySet[Payable]:
    view = address.value("view") or "open"
    return queries.payables(request.actor, search=address.search, view=view)


@require_GET
@needs(Permission.FINANCE_VIEW)
def payable_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    address = PAYABLES.address(request)
    debts = debts_of(request, address)
    shown = PAYABLES.shown(
        address,
        PAYABLES.page(address, debts, reader=actor),
        count=count_capped(debts),
        saved=saved_views.of(actor, PAYABLES),
    )
    context = PayableListPage(
        list=shown,
        today=months.today_of(request),
        tabs=books_tabs("payable-list"),
    )
    return page(request, "finance/payables.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def payable_export(request: OfficeRequest) -> HttpResponseBase:
    address = PAYABLES.address(request)
    return PAYABLES.file(
        address,
        PAYABLES.everything(address, debts_of(request, address)),
    )
