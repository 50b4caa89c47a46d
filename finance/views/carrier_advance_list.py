"""The list of advances to carriers over all orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from finance.models import CarrierAdvance
from finance.queries.carrier_advances import NEWEST, carrier_advances
from finance.views.tabs import books_tabs
from tenants.kit import formats, pieces
from tenants.kit.counting import count_capped
from tenants.kit.listing import Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission


def amount(advance: CarrierAdvance) -> str:
    """What came back stands with a minus."""
    sign = "−" if advance.return_of_id else ""
    return sign + formats.money(advance.amount, advance.currency)


def signed(advance: CarrierAdvance) -> object:
    return -advance.amount if advance.return_of_id else advance.amount


def left(advance: CarrierAdvance) -> str:
    return formats.money(advance.left)


COLUMNS = (
    Column("on", _("Date"), "paid_on", NEWEST, fixed=True),
    Column("carrier", _("Carrier"), "payee", fixed=True),
    Column("order", _("Order"), "order.ref"),
    Column("occasion", _("What for"), "occasion_label"),
    Column("amount", _("Amount"), signed, numeric=True, text=amount),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("left", _("Not taken off"), "left", numeric=True, text=left),
    Column("method", _("How"), "method_label"),
    Column("reference", _("Reference"), "reference", hidden=True),
    Column("by", _("Made by"), "entered_name", hidden=True),
)
CARRIER_ADVANCES = Listing(
    name="carrier-advances",
    title=_("Advances to carriers"),
    url="finance:carrier-advance-list",
    columns=COLUMNS,
    sort=NEWEST,
    named_by="payee",
    search_hint=_("Carrier, order, number of the paper"),
    export="finance:carrier-advance-export",
    saved="finance:carrier-advance-view",
    tabs=(
        Tab("all", _("All")),
        Tab("open", _("Not taken off"), {"view": "open"}),
    ),
    empty=Empty(
        title=_("No advances yet"),
        icon="coins",
        text=_("An advance is booked on the card of its order, from the award on."),
    ),
)


@dataclass(frozen=True, slots=True)
class CarrierAdvanceListPage:
    list: ListPage
    tabs: Sequence[pieces.Tab]


@require_GET
@needs(Permission.FINANCE_VIEW)
def carrier_advance_list(request: OfficeRequest) -> HttpResponse:
    address = CARRIER_ADVANCES.address(request)
    rows = carrier_advances(request.actor, search=address.search, view=address.value("view"))
    shown = CARRIER_ADVANCES.shown(
        address,
        CARRIER_ADVANCES.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, CARRIER_ADVANCES),
    )
    context = CarrierAdvanceListPage(shown, books_tabs("payable-list"))
    return page(request, "finance/carrier_advance_list.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def carrier_advance_export(request: OfficeRequest) -> HttpResponseBase:
    address = CARRIER_ADVANCES.address(request)
    rows = carrier_advances(request.actor, search=address.search, view=address.value("view"))
    return CARRIER_ADVANCES.file(address, CARRIER_ADVANCES.everything(address, rows))
