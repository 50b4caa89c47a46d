"""Making an offer, and the answers to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders import bidding, links
from orders.acceptance import shown_on_page
from orders.crew_booking import Overlap
from orders.errors import Refused
from orders.forms.exchange import FirstOfferForm, OfferForm
from orders.models import Order
from orders.views import exchange
from orders.views.places import Corner, corner
from orders.views.refusals import answers_refusals, conflict, sure_of
from tenants.exchange.acts import Side
from tenants.exchange.models import Offer
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, page


@dataclass(frozen=True, slots=True)
class OverlapPage:
    """The question whether two trips are driven as one run."""

    corner: Corner
    offer: Offer
    overlap: Overlap


@require_POST
def send(request: OfficeRequest, listing_id: UUID) -> HttpResponse:
    """A first price."""
    form = FirstOfferForm(request.POST)
    listing = exchange.listing_or_404(listing_id)
    if not form.is_valid():
        return exchange.show(request, listing, form, status=422)
    values = form.cleaned_data
    try:
        bidding.send(
            listing_id=listing_id,
            price=values["price"],
            final=values["final"],
            tax=values["carrier_tax"],
            payment=values["payment"],
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
        sure=sure_of(request),
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
            sure=sure_of(request),
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
