"""Offers: those that wait for us, those we made, and the answers to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders import bidding
from orders.assignment import Overlap
from orders.errors import Refused
from orders.forms.exchange import OfferForm
from orders.models import Order
from orders.views import exchange
from orders.views.places import corner
from orders.views.said import answers_refusals, conflict
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Offer
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit import clock
from tenants.kit.listing import SIZE
from tenants.kit.web import OfficeRequest, go, page
from tenants.permissions import Kind


@require_GET
def offer_list(request: OfficeRequest) -> HttpResponse:
    """Incoming on the own listings (the office alone), outgoing; first what waits for an answer."""
    place = corner(request.actor)
    is_office = request.actor.kind is Kind.OFFICE
    side = Side.CARRIER if request.GET.get("side") == "carrier" or not is_office else Side.OWNER
    if side == Side.OWNER:
        rows = queries.offers_to(current().role)
    else:
        try:
            rows = bidding.outgoing(request.actor, at=clock.now())
        except Refused:
            rows = Offer.objects.none()
    closed = request.GET.get("state") == "closed"
    rows = (
        rows.exclude(status=Offer.Status.OPEN) if closed else rows.filter(status=Offer.Status.OPEN)
    )
    threads = sorted(rows[:SIZE], key=lambda offer: offer.turn != side)
    listings = {offer.listing_id for offer in threads}
    orders = (
        dict(Order.objects.filter(listing_id__in=listings).values_list("listing_id", "ref"))
        if side == Side.OWNER
        else {}
    )
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "threads": threads,
        "side": side.value,
        "closed": closed,
        "tabs": _tabs(place.prefix, side, closed, is_office=is_office),
        "orders": orders,
    }
    return page(request, "exchange/offers.html", context)


def _tabs(prefix: str, side: Side, closed: bool, *, is_office: bool) -> list[dict[str, object]]:
    url = f"{prefix}/offers/"
    named = [(_("Incoming"), Side.OWNER, False, url)] if is_office else []
    named += [(_("Ours"), Side.CARRIER, False, f"{url}?side=carrier")]
    if is_office:
        named.append(
            (
                _("Incoming, closed"),
                Side.OWNER,
                True,
                f"{url}?state=closed",
            )
        )
    named.append(
        (
            _("Ours, closed"),
            Side.CARRIER,
            True,
            f"{url}?side=carrier&state=closed",
        )
    )
    tabs: list[dict[str, object]] = [
        {
            "label": label,
            "url": to,
            "active": side == one and closed == shut,
        }
        for label, one, shut, to in named
    ]
    if is_office:
        tabs.append(
            {
                "label": _("Trips for others"),
                "url": reverse("orders:job-list"),
                "active": False,
            }
        )
    return tabs


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
        return exchange.show(request, listing, form, status=409, said=str(refused))
    messages.success(request, _("Your offer is sent."))
    return go(
        request,
        f"{corner(request.actor).prefix}/exchange/{listing_id}/",
    )


def _back(request: OfficeRequest, offer_id: UUID, text: str) -> HttpResponse:
    """To the order for its owner, to the listing for a carrier."""
    offer, side = bidding.thread_for(request.actor, offer_id)
    messages.success(request, text)
    if side is Side.OWNER:
        ref = (
            Order.objects.filter(listing_id=offer.listing_id).values_list("ref", flat=True).first()
        )
        if ref:
            view = "order-trip" if offer.status == Offer.Status.ACCEPTED else "order-offers"
            return go(request, reverse(f"orders:{view}", args=[ref]))
    return go(
        request,
        f"{corner(request.actor).prefix}/exchange/{offer.listing_id}/",
    )


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
        )
    except Overlap as refused:
        offer, _side = bidding.thread_for(request.actor, offer_id)
        context = {
            "offer": offer,
            "overlap": refused,
            "shell": corner(request.actor).shell,
        }
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
