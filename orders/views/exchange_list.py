"""The exchange's list of open listings, for whoever may carry: office, partner, driver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from orders.forms.exchange import ListingFilters, filter_of
from orders.views.places import corner
from orders.words import distance
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers.bodies import Body
from tenants.exchange import queries
from tenants.exchange.distances import is_by_road
from tenants.exchange.models import Listing as OpenListing
from tenants.kit import clock, formats
from tenants.kit.keyset import Sort
from tenants.kit.listing import Column, Empty, Listing, ListPage
from tenants.kit.web import OfficeRequest, page
from tenants.office import saved_views
from tenants.permissions import Kind

NEWEST = Sort("published", "published_at", descending=True)


def route(row: OpenListing) -> str:
    return f"{row.from_city} → {row.to_city}"


def dates(row: OpenListing) -> str:
    """A day, or the first and the last."""
    first = formats.day(row.date_from)
    return first if row.date_from == row.date_to else f"{first} – {formats.day(row.date_to)}"


def cargo(row: OpenListing) -> str:
    kind = row.cargo_kind or "—"
    return f"{kind} · {gettext('ADR')} {row.adr}" if row.adr else kind


def body(row: OpenListing) -> str:
    return body_label(row.body)


def body_label(body: str) -> str:
    return _body_in(body, get_language() or "")


@lru_cache(maxsize=128)
def _body_in(
    body: str,
    _language: str,
) -> str:
    return str(Body(body).label) if body in Body.values else "—"


def price(row: OpenListing) -> str:
    return formats.money(row.price, row.currency) if row.price else gettext("name yours")


def kilometres(row: OpenListing) -> str:
    return distance(row.distance_km, is_by_road=is_by_road(row)) or "—"


COLUMNS = (
    Column("ref", _("Code"), "ref", on_page=False),
    Column("route", _("Route"), route, fixed=True, css="lead"),
    Column("loading", _("Loading"), "date_from", text=dates),
    Column("cargo", _("Cargo"), cargo),
    Column("weight", _("Weight, kg"), "weight_kg", numeric=True),
    Column("volume", _("Volume, m³"), "volume_m3", numeric=True),
    Column("body", _("Body"), body),
    Column("km", _("km"), "distance_km", numeric=True, text=kilometres),
    Column("price", pgettext_lazy("carrier", "Rate"), "price", numeric=True, text=price),
    Column("currency", _("Currency"), "currency", on_page=False),
)
OFFICE = Listing(
    name="exchange",
    title=_("Exchange"),
    url="orders:exchange",
    columns=COLUMNS,
    sort=NEWEST,
    opens="orders:listing",
    named_by="ref",
    search_hint=_("Cargo or code"),
    export="orders:exchange-export",
    saved="orders:exchange-view",
    empty=Empty(
        title=_("The exchange is empty now"),
        icon="building-store",
        text=_("Here stand the cargoes of all resellers that wait for a carrier."),
    ),
)
PARTNER = replace(
    OFFICE,
    url="orders:partner-exchange",
    opens="orders:partner-listing",
    export="orders:partner-exchange-export",
    saved="orders:partner-exchange-view",
)
DRIVER = replace(
    OFFICE,
    url="orders:driver-exchange",
    opens="orders:driver-listing",
    export="",
    saved="",
)


@dataclass(frozen=True, slots=True)
class ExchangePage:
    list: ListPage
    shell: str
    own_role: str  # the office's own listings are marked


def listing_of(actor: Actor) -> Listing:
    """The list as it stands in this person's corner."""
    return {Kind.PARTNER: PARTNER, Kind.DRIVER: DRIVER}.get(actor.kind, OFFICE)


@require_GET
def exchange_list(request: OfficeRequest) -> HttpResponse:
    """Open listings of all resellers, the own ones marked."""
    actor = request.actor
    listing = listing_of(actor)
    place = corner(actor)
    form = ListingFilters(request.GET)
    address = listing.address(request, form)
    rows = queries.open_listings(filter_of(form, address.search), at=clock.now())
    listing_page = listing.page(address, rows, reader=actor)
    saved = saved_views.of(actor, listing) if listing.saved else ()
    context = ExchangePage(
        list=listing.shown(address, listing_page, saved=saved),
        shell=place.shell,
        own_role=current().role,
    )
    template = "exchange/cards.html" if place.is_driver else "exchange/list.html"
    return page(request, template, context)


@require_GET
def exchange_export(request: OfficeRequest) -> HttpResponseBase:
    listing = listing_of(request.actor)
    form = ListingFilters(request.GET)
    address = listing.address(request, form)
    rows = queries.open_listings(filter_of(form, address.search), at=clock.now())
    return listing.file(address, listing.everything(address, rows))
