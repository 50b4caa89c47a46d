"""The list of offers: those that wait for us, those we made; drawn as threads that one answers in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from orders import bidding
from orders.errors import Refused
from orders.models import Order
from orders.views.places import Corner, corner
from tenants.actor import Actor
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Offer
from tenants.kit import clock, keyset
from tenants.kit.keyset import Sort
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, page
from tenants.office import saved_views
from tenants.permissions import Kind

LATEST = Sort("updated", "updated_at", descending=True)
LATEST_THEN = (keyset.Column("updated_at", descending=True),)
# Those that wait for this side's answer stand first.
OURS_TO_ANSWER = {
    Side.OWNER: Sort("turn", "turn", descending=True, then=LATEST_THEN),
    Side.CARRIER: Sort("turn", "turn", then=LATEST_THEN),
}


def route(offer: Offer) -> str:
    return f"{offer.listing.from_city} → {offer.listing.to_city}"


def status(offer: Offer) -> str:
    return offer.get_status_display()


# A thread is drawn whole; the columns are those of the export.
COLUMNS = (
    Column("code", _("Code"), "listing.ref", on_page=False),
    Column("route", _("Route"), route, on_page=False),
    Column("cargo", _("Cargo"), "listing.cargo_kind", on_page=False),
    Column("carrier", _("Carrier"), "carrier.name", on_page=False),
    Column("price", _("Price"), "price", numeric=True, on_page=False),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column("state", _("State"), status, on_page=False),
    Column("changed", _("Changed"), "updated_at", on_page=False),
)
CARRIER = {"side": Side.CARRIER.value}
CLOSED = {"state": "closed"}
OFFICE = Listing(
    name="offers",
    title=_("Offers"),
    url="orders:offer-list",
    columns=COLUMNS,
    sort=LATEST,
    export="orders:offer-export",
    saved="orders:offer-view",
    tabs=(
        Tab("incoming", _("Incoming")),
        Tab("ours", _("Ours"), CARRIER),
        Tab("incoming-closed", _("Incoming, closed"), CLOSED),
        Tab("ours-closed", _("Ours, closed"), CARRIER | CLOSED),
        Tab("jobs", _("Trips for others"), url=reverse_lazy("orders:job-list")),
    ),
    empty=Empty(
        title=_("No offer waits for you"),
        icon="messages",
        text=_("When a carrier bids on an order of yours, its offer stands here until you answer."),
    ),
)
PARTNER = replace(
    OFFICE,
    url="orders:partner-offers",
    export="orders:partner-offer-export",
    saved="orders:partner-offer-view",
    tabs=(
        Tab("ours", _("Ours")),
        Tab("ours-closed", _("Ours, closed"), CLOSED),
    ),
)
DRIVER = replace(PARTNER, url="orders:driver-offers", export="", saved="")
NONE_CLOSED = Empty(
    title=_("Nothing here yet"),
    icon="messages",
    text=_("Offers that were accepted, turned down or taken back stand here."),
)


@dataclass(frozen=True, slots=True)
class OfferListPage:
    """Threads of bargaining on one side; `orders` names the own orders they are on."""

    list: ListPage
    shell: str
    corner: Corner
    side: str
    threads: Sequence[Offer]
    orders: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class OfferAddress:
    """Which offers an address asks for, in which order."""

    address: Address
    side: Side
    closed: bool


def listing_of(actor: Actor) -> Listing:
    """The list as it stands in this person's corner."""
    return {Kind.PARTNER: PARTNER, Kind.DRIVER: DRIVER}.get(actor.kind, OFFICE)


def address_of(request: OfficeRequest, listing: Listing) -> OfferAddress:
    """Only the office has listings of its own."""
    address = listing.address(request)
    is_office = request.actor.kind is Kind.OFFICE
    is_carrier = address.value("side") == Side.CARRIER or not is_office
    side = Side.CARRIER if is_carrier else Side.OWNER
    closed = address.value("state") == "closed"
    sort = LATEST if closed else OURS_TO_ANSWER[side]
    return OfferAddress(replace(address, sort=sort), side, closed)


def offers_of(actor: Actor, chosen: OfferAddress) -> QuerySet[Offer]:
    is_open = Q(status=Offer.Status.OPEN)
    return _of_side(actor, chosen.side).filter(~is_open if chosen.closed else is_open)


def _of_side(actor: Actor, side: Side) -> QuerySet[Offer]:
    if side == Side.OWNER:
        return queries.offers_to(current().role)
    try:
        return bidding.outgoing(actor, at=clock.now())
    except Refused:
        return Offer.objects.none()


def order_refs(threads: Iterable[Offer]) -> dict[UUID, str]:
    """The orders behind the listings of the threads."""
    listings = {offer.listing_id for offer in threads}
    rows = Order.objects.filter(listing_id__in=listings).values_list("listing_id", "ref")
    return {listing: ref for listing, ref in rows if listing}


def empty_of(chosen: OfferAddress, place: Corner) -> Empty:
    """What the list says when it is empty."""
    if chosen.closed:
        return NONE_CLOSED
    if chosen.side == Side.OWNER:
        return OFFICE.empty
    return Empty(
        title=_("You have made no offers"),
        icon="messages",
        text=_("Find a cargo on the exchange and name your price."),
        action_label=_("To the exchange"),
        action_url=place.board,
    )


@require_GET
def offer_list(request: OfficeRequest) -> HttpResponse:
    """Show the offers of one side, first those that wait for an answer."""
    actor = request.actor
    place = corner(actor)
    listing = listing_of(actor)
    chosen = address_of(request, listing)
    offers = listing.page(chosen.address, offers_of(actor, chosen), reader=actor)
    saved = saved_views.of(actor, listing) if listing.saved else ()
    shown = listing.shown(chosen.address, offers, saved=saved)
    context = OfferListPage(
        list=replace(shown, empty=empty_of(chosen, place)),
        shell=place.shell,
        corner=place,
        side=chosen.side.value,
        threads=offers.rows,
        orders=order_refs(offers.rows) if chosen.side == Side.OWNER else {},
    )
    return page(request, "exchange/offers.html", context)


@require_GET
def offer_export(request: OfficeRequest) -> HttpResponseBase:
    listing = listing_of(request.actor)
    chosen = address_of(request, listing)
    rows = listing.everything(chosen.address, offers_of(request.actor, chosen))
    return listing.file(chosen.address, rows)
