"""The client's own orders: a list without the carrier's side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from orders import queries
from orders.access import sees_price
from orders.models import Stage
from orders.queries.order_list import NEWEST
from orders.words import CLIENT_WORDS, pill
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.counting import count_capped
from tenants.kit.listing import Column, Empty, Listing, ListPage
from tenants.kit.listing_cells import Record
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

LOADED = (
    "id",
    "ref",
    "stage",
    "place_from",
    "place_to",
    "pickup_on",
    "cargo_name",
    "client_price",
    "currency",
    "agreed_at",
    "created_at",
)


def stage(row: Record) -> str:
    return str(CLIENT_WORDS[Stage(row.stage)])


def stage_pill(row: Record) -> str:
    return pill(row.stage, for_client=True)


def route(row: Record) -> str:
    return f"{row.place_from} → {row.place_to}"


def price(row: Record) -> str:
    return formats.money(row.client_price, row.currency)


COLUMNS = (
    Column("ref", _("Code"), "ref", fixed=True, opens=True, css="lead"),
    Column("stage", _("Stage"), stage, text=stage_pill, fixed=True),
    Column("route", _("Route"), route),
    Column("pickup", _("Loading"), "pickup_on"),
    Column("cargo", _("Cargo"), "cargo_name"),
    Column("price", _("Price"), "client_price", numeric=True, text=price),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("created", _("Created"), "created_at", NEWEST, hidden=True),
)
CABINET_ORDERS = Listing(
    name="cabinet-orders",
    title=_("Orders"),
    url="orders:cabinet",
    columns=COLUMNS,
    sort=NEWEST,
    opens="orders:cabinet-order",
    opens_by="ref",
    named_by="ref",
    export="orders:cabinet-export",
    saved="orders:cabinet-view",
    empty=Empty(
        title=_("No orders yet"),
        icon="package",
        text=_("Tell us what to carry and where: we answer with a price."),
        action_label=_("New request"),
        action_url=reverse_lazy("orders:cabinet-ask"),
    ),
)


def listing_for(actor: Actor) -> Listing:
    """The list without sums and without the way to a new request, for whom they are not."""
    listing = CABINET_ORDERS
    if not actor.can(Permission.CLIENT_SUMS):
        columns = [column for column in COLUMNS if column.key not in ("price", "currency")]
        listing = replace(listing, columns=tuple(columns))
    if not actor.can(Permission.CLIENT_ORDER):
        empty = replace(listing.empty, action_label="", action_url="")
        listing = replace(listing, empty=empty)
    return listing


@dataclass(frozen=True, slots=True)
class CabinetPage:
    list: ListPage


@require_GET
@needs(Permission.CLIENT_CABINET)
def cabinet_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    listing = listing_for(actor)
    address = listing.address(request)
    orders = queries.orders_of(actor)
    order_page = listing.page(address, orders.values(*LOADED), reader=actor)
    shown = listing.shown(
        address,
        order_page,
        records=[as_seen(row, actor) for row in order_page.rows],
        count=count_capped(orders),
        saved=saved_views.of(actor, CABINET_ORDERS),
    )
    return page(request, "orders/cabinet.html", CabinetPage(shown))


@require_GET
@needs(Permission.CLIENT_CABINET)
def cabinet_export(request: OfficeRequest) -> HttpResponseBase:
    listing = listing_for(request.actor)
    address = listing.address(request)
    orders = queries.orders_of(request.actor).values(*LOADED)
    rows = listing.everything(address, orders)
    return listing.file(
        address,
        [as_seen(row, request.actor) for row in rows],
    )


def as_seen(
    row: dict[str, Any],
    client: Actor,
) -> dict[str, Any]:
    """An order without a price that is not quoted yet; whether it waits for the client's yes."""
    waits = row["stage"] == Stage.QUOTED and row["agreed_at"] is None
    amount = row["client_price"] if sees_price(client, row["stage"]) else None
    return row | {
        "waits": waits,
        "client_price": amount,
    }
