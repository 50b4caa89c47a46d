"""The list of shipments: its columns, its page and its export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from commission.cargo.forms.filters import ShipmentFilters, filters_of
from commission.cargo.models import Status
from commission.cargo.queries import salespeople_for, shipment_list
from commission.cargo.queries.shipment_list import NEWEST, SORTS, Sums
from commission.cargo.views.shipment_months import shipment_months
from commission.cargo.words import hints, status_pill, transport_word
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.listing import (
    Act,
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.listing_cells import Record, address_pattern
from tenants.kit.listing_parts import totals_line
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission


def money(name: str) -> Callable[[Record], str]:
    return lambda row: formats.money(getattr(row, name))


def plain(name: str) -> Callable[[Record], Decimal]:
    """A measure without the zeros behind, and never as 1E+2."""
    return lambda row: Decimal(f"{getattr(row, name).normalize():f}")


def measure(name: str) -> Callable[[Record], str]:
    return lambda row: f"{getattr(row, name).normalize():,f}"


def transport(row: Record) -> str:
    return transport_word(row.transport)


def status(row: Record) -> str:
    return str(Status(row.status).label)


def salesperson(row: Record) -> str:
    return row.salesperson_code or gettext("No salesperson yet")


COLUMNS = (
    Column("received", _("Date received"), "received_on", NEWEST),
    Column("customer", _("Customer"), "customer_code"),
    Column(
        "tracking",
        _("Tracking number"),
        "tracking_number",
        fixed=True,
        opens=True,
    ),
    Column("goods", _("Goods type"), "goods_type_id"),
    Column(
        "transport",
        _("Transport"),
        transport,
        text=transport_word,
        per=("transport",),
    ),
    Column(
        "weight",
        _("Weight (kg)"),
        plain("weight_kg"),
        numeric=True,
        text=measure("weight_kg"),
    ),
    Column(
        "volume",
        "CBM",
        plain("volume_cbm"),
        numeric=True,
        text=measure("volume_cbm"),
    ),
    Column(
        "price",
        _("Selling price"),
        "price",
        SORTS["price"],
        numeric=True,
        text=money("price"),
    ),
    Column("mode", _("Cost mode"), "cost_mode", hidden=True),
    Column(
        "cost",
        _("Cost"),
        "cost",
        SORTS["cost"],
        numeric=True,
        text=money("cost"),
    ),
    Column("rule", _("Rule"), "cost_rule", on_page=False),
    Column(
        "commission",
        _("Commission"),
        "commission",
        SORTS["commission"],
        numeric=True,
        text=money("commission"),
    ),
    Column("method", _("Method"), "commission_method", hidden=True),
    Column(
        "status",
        _("Status"),
        status,
        text=status_pill,
        per=("status", "commission_method"),
        fixed=True,
    ),
    Column("salesperson", _("Salesperson"), salesperson),
    Column("currency", _("Currency"), "currency", on_page=False),
)
SHIPMENTS = Listing(
    name="cargo.shipments",
    title=_("Shipments"),
    url="cargo:shipment-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="cargo:shipment-card",
    named_by="tracking_number",
    search_hint=_("Tracking number, customer"),
    export="cargo:shipment-export",
    saved="cargo:view",
    tabs=(
        Tab("all", _("All")),
        *(Tab(state.value, state.label, {"status": state.value}) for state in Status),
        Tab("unstamped", _("No salesperson yet"), {"salesperson": "none"}),
    ),
    empty=Empty(
        title=_("No shipments yet"),
        icon="package",
        text=_(
            "A shipment is a parcel that came in: whose it is, what it weighs, what it is sold for."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ShipmentListPage:
    list: ListPage


def address_of(request: OfficeRequest) -> Address:
    actor = request.actor
    form = ShipmentFilters(
        request.GET,
        salespeople=salespeople_for(actor),
        months=shipment_months(actor, request.GET.get("month", "")),
    )
    return SHIPMENTS.address(request, form)


@require_GET
@needs(Permission.CARGO_VIEW)
def shipments(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    address = address_of(request)
    rows = shipment_list.filtered(actor, filters_of(address))
    shipment_page = SHIPMENTS.page(address, shipment_list.cells(rows), reader=actor)
    sums = shipment_list.sums(rows)
    shown = SHIPMENTS.shown(
        address,
        shipment_page,
        records=with_hints(shipment_page.rows, actor),
        count=sums.count,
        totals=in_all(sums, request.reseller.currency),
        saved=saved_views.of(actor, SHIPMENTS),
        bulk=_bulk(actor),
        row_menu=_row_menu(actor),
    )
    return page(request, "cargo/shipments.html", ShipmentListPage(shown))


@require_GET
@needs(Permission.CARGO_VIEW)
def shipment_export(request: OfficeRequest) -> HttpResponseBase:
    address = address_of(request)
    currency = {"currency": request.reseller.currency}
    filters = filters_of(address)
    rows = shipment_list.everything(request.actor, filters, address.sort)
    return SHIPMENTS.file(address, (row | currency for row in rows))


def with_hints(rows: Iterable[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Rows with what is the matter with them, and where it is mended."""
    manages = actor.can(Permission.CARGO_MANAGE)
    enters = actor.can(Permission.CARGO_ENTER)
    return [
        row | {"hints": hints(row, manages=manages, enters=enters) if needs_hint(row) else []}
        for row in rows
    ]


def needs_hint(row: dict[str, Any]) -> bool:
    return row["status"] != Status.NORMAL or row["salesperson_id"] is None


def in_all(sums: Sums, currency: str) -> str:
    """Totals of the filtered set, in words."""
    if sums.capped:
        limit = {"count": formats.number(sums.count, 0)}
        return gettext("Totals are shown for up to %(count)s shipments: narrow the filter") % limit
    sums_in_words = (
        (gettext("Sales"), sums.sales),
        (gettext("Cost"), sums.cost),
        (gettext("Commission"), sums.commission),
    )
    return totals_line(sums_in_words, currency)


def _bulk(actor: Actor) -> list[Act]:
    """What may be done to several shipments at once."""
    if not actor.can(Permission.CARGO_ENTER):
        return []
    return [
        Act(gettext("Labels"), reverse("cargo:labels-picked"), "printer"),
        Act(
            gettext("Put into a lot"),
            reverse("cargo:into-lot"),
            "container",
        ),
    ]


def _row_menu(actor: Actor) -> list[Act]:
    """Edit and delete as the seed has them; the page of a shipment says why one cannot."""
    show = Act(gettext("Show"), address_pattern("cargo:shipment-card"), "eye")
    if not actor.can(Permission.CARGO_ENTER):
        return [show]
    edit = Act(
        gettext("Edit the shipment"),
        address_pattern("cargo:shipment-edit"),
        "pencil",
    )
    delete = Act(
        gettext("Delete the shipment"),
        address_pattern("cargo:shipment-delete"),
        "trash",
        tone="bad",
        method="post",
        confirm=gettext("Delete this shipment? It cannot be brought back."),
    )
    return [show, edit, delete]
