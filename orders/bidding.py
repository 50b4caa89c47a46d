"""Answering offers, from whichever side: the owner of the listing, or the one who wants to carry."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from companies import carrier_taxes
from companies.blocking import refuse_new_orders
from companies.models import Company
from companies.own_taxes import Sellers
from companies.standing import check_standing
from orders import market
from orders.acceptance import Shown
from orders.errors import Refused
from orders.models import Trip
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers import pool
from tenants.exchange import acts, queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Offer
from tenants.exchange.refusals import NotFound
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.price_tax import PriceTax
from tenants.office import audit
from tenants.permissions import Kind


class NoCarrier(Refused):
    """This person stands for no carrier of the pool."""


def carrier_of(actor: Actor, *, at: datetime) -> UUID:
    """The carrier in whose name this person bids: the driver's, the partner's, the reseller's own
    fleet.
    """
    if actor.kind is Kind.DRIVER and actor.carrier_id:
        return actor.carrier_id
    if actor.kind is Kind.PARTNER:
        carrier_id = (
            Company.objects.filter(pk=actor.company_id).values_list("carrier_id", flat=True).first()
        )
        if carrier_id:
            return carrier_id
    if actor.kind is Kind.OFFICE:
        return pool.own_fleet(at=at).pk
    raise NoCarrier(_("Your company is not registered as a carrier yet."))


def usual_tax(actor: Actor, *, at: datetime) -> str:
    """How this person's prices stand to tax: as its company's card or the own firm says it."""
    if actor.kind is Kind.DRIVER or actor.reseller is None:
        return PriceTax.NONE
    if actor.kind is Kind.PARTNER:
        company = Company.objects.filter(pk=actor.company_id).first()
        return carrier_taxes.usual_tax(company, home=actor.reseller.country)
    return Sellers(actor).usual_tax(None, actor.reseller.day(at))


def side_of(actor: Actor, offer: Offer) -> Side:
    """Which end of the thread this person is at. Raises Http404 for strangers."""
    here = current().role
    if actor.kind is Kind.OFFICE:
        if offer.owner_role == here:
            return Side.OWNER
        if offer.carrier_role == here:
            return Side.CARRIER
    if (
        actor.kind is Kind.PARTNER
        and offer.carrier_role == here
        and offer.carrier.company_id == actor.company_id
    ):
        return Side.CARRIER
    if actor.kind is Kind.DRIVER and actor.driver_id and offer.driver_id == actor.driver_id:
        return Side.CARRIER
    raise Http404


def threads_on(actor: Actor, listing_id: UUID) -> QuerySet[Offer]:
    """The threads on a listing that this person stands at one end of, as `side_of` tells."""
    here = current().role
    seen = Q(pk__in=[])
    if actor.kind is Kind.OFFICE:
        seen = Q(owner_role=here) | Q(carrier_role=here)
    elif actor.kind is Kind.PARTNER:
        seen = Q(carrier_role=here, carrier__company_id=actor.company_id)
    elif actor.kind is Kind.DRIVER and actor.driver_id:
        seen = Q(driver_id=actor.driver_id)
    return queries.offers_on(listing_id).filter(seen)


def thread_for(actor: Actor, offer_id: UUID) -> tuple[Offer, Side]:
    """The offer and the end of it that is this person's. Raises Http404."""
    try:
        offer = queries.thread(offer_id)
    except NotFound as problem:
        raise Http404 from problem
    return offer, side_of(actor, offer)


def outgoing(actor: Actor, *, at: datetime) -> QuerySet[Offer]:
    """Offers this person's side has made."""
    if actor.kind is Kind.OFFICE:
        return queries.offers_by(current().role)
    return queries.offers_of(carrier_of(actor, at=at), driver_id=actor.driver_id)


@transaction.atomic
def send(
    *,
    listing_id: UUID,
    price: Decimal,
    by: Actor,
    at: datetime,
    final: bool = False,
    tax: str | None = None,
    payment: str = "",
) -> Offer:
    """Bid on a listing; a price of which nothing is said stands to taxes as usual for the bidder.
    Raises NoCarrier, ExchangeRefused; Http404 when there is no such listing.
    """
    check_standing(by)
    refuse_new_orders(by)
    try:
        offer_id = acts.send_offer(
            listing_id=listing_id,
            carrier_id=carrier_of(by, at=at),
            price=price,
            at=at,
            driver_id=by.driver_id,
            final=final,
            carrier_tax=tax or usual_tax(by, at=at),
            payment=payment,
        )
    except NotFound as problem:
        raise Http404 from problem
    offer = queries.thread(offer_id)
    _note("bid.send", offer, price, by, at)
    return offer


@transaction.atomic
def counter(
    *,
    offer_id: UUID,
    price: Decimal,
    by: Actor,
    at: datetime,
    final: bool = False,
    shown: Shown | None = None,
    sure: Answers = None,
) -> None:
    """Another price, from either side; `shown` is the round it answers. Raises PriceChanged, and
    Doubt until `sure` answers its question.
    """
    check_standing(by)
    offer, side = thread_for(by, offer_id)
    before = offer.price
    _ask_about_harm(offer, side, price, sure)
    if side is Side.OWNER:
        market.counter(offer_id=offer_id, price=price, final=final, by=by, at=at)
    else:
        acts.counter(
            offer_id=offer_id,
            side=side,
            price=price,
            final=final,
            at=at,
        )
        _note("bid.counter", offer, price, by, at)
    if shown:
        _check_round(offer_id, shown, price=before, own_rounds=1)


@transaction.atomic
def accept(
    *,
    offer_id: UUID,
    by: Actor,
    at: datetime,
    together: bool = False,
    shown: Shown | None = None,
    sure: Answers = None,
) -> Trip | None:
    """Take the price that stands. The owner's trip exists at once; a carrier's yes reaches the
    owner by the outbox. Raises PriceChanged when it is not the price `shown`, Doubt as `counter`.
    """
    check_standing(by)
    offer, side = thread_for(by, offer_id)
    trip = None
    if side is Side.OWNER:
        trip = market.accept(offer_id=offer_id, by=by, at=at, together=together, sure=sure)
    else:
        award = acts.accept(offer_id=offer_id, side=side, at=at)
        _note("bid.accept", offer, award.price, by, at)
    if shown:
        _check_round(offer_id, shown)
    return trip


def _ask_about_harm(offer: Offer, side: Side, price: Decimal, sure: Answers) -> None:
    """Ask before somebody names a price that is worse for oneself than the one that stands.
    Raises Doubt.
    """
    is_worse = price > offer.price if side is Side.OWNER else price < offer.price
    key = f"price {price}"
    if is_answered(sure, key) or not is_worse or offer.turn != side:
        return
    raise Doubt(
        key,
        _("The other side asks for %(stands)s, and %(price)s is worse for you.")
        % {
            "stands": formats.money(offer.price, offer.currency),
            "price": formats.money(price, offer.currency),
        },
    )


def _check_round(
    offer_id: UUID,
    shown: Shown,
    *,
    price: Decimal | None = None,
    own_rounds: int = 0,
) -> None:
    """Whether the round that was answered is the one shown. Asked after the act, when the exchange
    holds the thread: what has come in between undoes the act. `own_rounds` came by the act itself.
    """
    offer = queries.thread(offer_id)
    rounds = len(offer.rounds.all()) - own_rounds
    stands = offer.price if price is None else price
    shown.check(price=stands, currency=offer.currency, version=rounds)


@transaction.atomic
def reject(*, offer_id: UUID, by: Actor, at: datetime) -> None:
    """Turn the other side's price down."""
    offer, side = thread_for(by, offer_id)
    if side is Side.OWNER:
        market.reject(offer_id=offer_id, by=by, at=at)
    else:
        acts.reject(offer_id=offer_id, side=side, at=at)
        _note("bid.reject", offer, offer.price, by, at)


@transaction.atomic
def withdraw(
    *,
    offer_id: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """The carrier takes its offer back; the owner has none to take."""
    offer, side = thread_for(by, offer_id)
    if side is not Side.CARRIER:
        raise Http404
    acts.withdraw(offer_id=offer_id, at=at)
    _note("bid.withdraw", offer, offer.price, by, at)


def _note(action: str, offer: Offer, price: Decimal, by: Actor, at: datetime) -> None:
    """Bids of the own fleet stand in the office's audit log; those of partners and drivers are
    theirs, and the exchange keeps each round.
    """
    if by.kind is not Kind.OFFICE:
        return
    audit.record(
        action=action,
        subject=f"offer:{offer.pk}",
        title=f"{offer.listing.from_city} → {offer.listing.to_city}",
        by=by,
        at=at,
        after={"price": price, "currency": offer.currency},
    )
