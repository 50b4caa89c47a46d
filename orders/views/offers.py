"""Offers: those that wait for us, those we made, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders import bidding, links
from orders.acceptance import shown_on_page
from orders.assignment import Overlap
from orders.errors import Refused
from orders.forms.exchange import OfferForm
from orders.models import Order
from orders.views import exchange
from orders.views.places import Corner, corner
from orders.views.refusals import answers_refusals, conflict
from tenants.actor import Actor
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Offer
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit import clock
from tenants.kit.listing import SIZE
from tenants.kit.pieces import Tab
from tenants.kit.web import OfficeRequest, go, page
from tenants.permissions import Kind


@dataclass(frozen=True, slots=True)
class OffersPage:
    """Threads of bargaining on one side, open or closed; `orders` names the own orders they are on."""

    corner: Corner
    threads: list[Offer]
    side: str
    closed: bool
    tabs: list[Tab]
    orders: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class OverlapPage:
    """The question whether two trips are driven as one run."""

    corner: Corner
    offer: Offer
    overlap: Overlap


@require_GET
def offer_list(request: OfficeRequest) -> HttpResponse:
    """Show the offers of one side, first those that wait for an answer. Only the office has
    listings of its own.
    """
    place = corner(request.actor)
    is_office = request.actor.kind is Kind.OFFICE
    is_carrier = request.GET.get("side") == "carrier" or not is_office
    side = Side.CARRIER if is_carrier else Side.OWNER
    closed = request.GET.get("state") == "closed"
    offers = _offers(request.actor, side)
    is_open = Q(status=Offer.Status.OPEN)
    offers = offers.filter(~is_open if closed else is_open)
    threads = sorted(offers[:SIZE], key=lambda offer: offer.turn != side)
    context = OffersPage(
        corner=place,
        threads=threads,
        side=side.value,
        closed=closed,
        tabs=_tabs(place, side, closed, is_office=is_office),
        orders=_order_refs(threads) if side == Side.OWNER else {},
    )
    return page(request, "exchange/offers.html", context)


def _offers(actor: Actor, side: Side) -> QuerySet[Offer]:
    if side == Side.OWNER:
        return queries.offers_to(current().role)
    try:
        return bidding.outgoing(actor, at=clock.now())
    except Refused:
        return Offer.objects.none()


def _order_refs(threads: list[Offer]) -> dict[UUID, str]:
    """The orders behind the listings of the threads."""
    listings = {offer.listing_id for offer in threads}
    rows = Order.objects.filter(listing_id__in=listings).values_list("listing_id", "ref")
    return {listing: ref for listing, ref in rows if listing}


def _tabs(place: Corner, side: Side, closed: bool, *, is_office: bool) -> list[Tab]:
    ours = f"{place.offers}?side=carrier"
    is_owner = side == Side.OWNER
    ours_open = Tab(_("Ours"), ours, not is_owner and not closed)
    ours_closed = Tab(_("Ours, closed"), f"{ours}&state=closed", not is_owner and closed)
    if not is_office:
        return [ours_open, ours_closed]
    incoming_closed = f"{place.offers}?state=closed"
    return [
        Tab(_("Incoming"), place.offers, is_owner and not closed),
        ours_open,
        Tab(_("Incoming, closed"), incoming_closed, is_owner and closed),
        ours_closed,
        Tab(_("Trips for others"), reverse("orders:job-list")),
    ]


@require_POST
def send(request: OfficeRequest, listing_id: UUID) -> HttpResponse:
    """A first price."""
    form = OfferForm(request.POST)
    listing = exchange.listing_or_404(listing_id)
    if not form.is_valid():
        return exchange.show(request, listing, form, status=422)
    values = form.cleaned_data
    try:
        bidding.send(
            listing_id=listing_id,
            price=values["price"],
            final=values["final"],
            by=request.actor,
            at=clock.now(),
        )
    except (Refused, ExchangeRefused) as refused:
        return exchange.show(request, listing, form, status=409, refusal=str(refused))
    messages.success(request, _("Your offer is sent."))
    return go(request, corner(request.actor).listing(listing_id))


def _back(request: OfficeRequest, offer_id: UUID, text: str) -> HttpResponse:
    """To the order for its owner, to the listing for a carrier."""
    offer, side = bidding.thread_for(request.actor, offer_id)
    messages.success(request, text)
    if side is Side.OWNER:
        refs = Order.objects.filter(listing_id=offer.listing_id).values_list("ref", flat=True)
        ref = refs.first()
        is_accepted = offer.status == Offer.Status.ACCEPTED
        if ref:
            return go(
                request,
                links.trip(ref) if is_accepted else links.offers(ref),
            )
    return go(request, corner(request.actor).listing(offer.listing_id))


def _why_no_price(form: OfferForm) -> str:
    """What is wrong with the number that was typed; else that a price is missing."""
    if form.has_error("price", "invalid") or form.has_error("price", "max_decimal_places"):
        return " ".join(str(reason) for reason in form.errors["price"])
    return _("Name a price above zero.")


@require_POST
@answers_refusals
def counter(request: OfficeRequest, offer_id: UUID) -> HttpResponse:
    form = OfferForm(request.POST)
    if not form.is_valid():
        return conflict(request, _why_no_price(form))
    values = form.cleaned_data
    bidding.counter(
        offer_id=offer_id,
        price=values["price"],
        final=values["final"],
        by=request.actor,
        at=clock.now(),
        shown=replace(shown_on_page(request.POST, demanded=False), price=None),
        sure=request.POST.get("sure", ""),
    )
    return _back(request, offer_id, _("Your price is sent."))


@require_POST
@answers_refusals
def accept(request: OfficeRequest, offer_id: UUID) -> HttpResponse:
    """Yes to the price that stands; a driver who is busy then asks "Догруз?"."""
    together = request.POST.get("together") == "1"
    try:
        bidding.accept(
            offer_id=offer_id,
            by=request.actor,
            at=clock.now(),
            together=together,
            shown=shown_on_page(request.POST),
            sure=request.POST.get("sure", ""),
        )
    except Overlap as refused:
        offer, _side = bidding.thread_for(request.actor, offer_id)
        context = OverlapPage(corner(request.actor), offer, refused)
        return page(request, "exchange/overlap.html", context, status=409)
    return _back(request, offer_id, _("Agreed."))


@require_POST
@answers_refusals
def reject(request: OfficeRequest, offer_id: UUID) -> HttpResponse:
    bidding.reject(offer_id=offer_id, by=request.actor, at=clock.now())
    return _back(request, offer_id, _("The offer is turned down."))


@require_POST
@answers_refusals
def withdraw(request: OfficeRequest, offer_id: UUID) -> HttpResponse:
    bidding.withdraw(offer_id=offer_id, by=request.actor, at=clock.now())
    return _back(request, offer_id, _("Your offer is taken back."))
