"""The order on the exchange: published without client and margin, bargained over, awarded.

A ListingCard has no field for client, client's price or margin; that is the wall, this module only
fills it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies.blocking import why_blocked
from companies.queries import has_signed_with_platform
from orders import assignment, carrier_view, lifecycle
from orders.errors import Refused
from orders.history import write_event
from orders.models import Order, Stage, Stop, StopKind, Trip
from orders.stages import Act
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers.models import Carrier
from tenants.exchange import acts, queries
from tenants.exchange.acts import AwardInfo, Side
from tenants.exchange.cards import BadCard, ListingCard, Town
from tenants.exchange.models import Award, Offer
from tenants.exchange.refusals import ExchangeRefused, NotFound
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.office.current import current_reseller

SHOWN_FOR = timedelta(days=3)  # the usual life of a load on an exchange
SHOWN_AT_MOST = timedelta(days=30)


class NotSigned(Refused):
    """The sub-forwarder contract with the platform is not signed: nothing is published before."""


class CannotPublish(Refused):
    """The card does not hold together."""


def card_of(order: Order, *, at: datetime) -> ListingCard:
    """The order as strangers may see it. Raises CannotPublish."""
    stops = list(order.stops.order_by("position"))
    start = next(stop for stop in stops if stop.kind == StopKind.LOADING)
    end = next(stop for stop in reversed(stops) if stop.kind == StopKind.UNLOADING)
    today = current_reseller().day(at)
    first = max(start.on or today, today)
    try:
        return ListingCard(
            origin=_town(start),
            destination=_town(end),
            date_from=first,
            date_to=first if start.on else first + SHOWN_FOR,
            currency=order.carrier_currency,
            expires_at=_till(start.on, at),
            distance_km=carrier_view.distance_km(order),
            body=order.body,
            weight_kg=order.weight_kg or None,
            volume_m3=order.volume_m3 or None,
            adr=order.adr,
            cargo_kind=order.cargo_name,
            loading_types=tuple(order.loading_types),
            temperature_from=order.temperature_from,
            temperature_to=order.temperature_to,
            price=order.carrier_rate or None,
            carrier_tax=order.carrier_tax,
            payment=order.carrier_payment,
            payment_terms=order.carrier_terms,
        )
    except BadCard as problem:
        raise CannotPublish(
            _("The order cannot be published: check “%(field)s”.") % {"field": problem.field}
        ) from problem


def _town(stop: Stop) -> Town:
    return Town(stop.place, stop.country, stop.lat, stop.lon)


def _till(loading: date | None, at: datetime) -> datetime:
    """Till the end of the loading day, at least a day and at most a month."""
    if loading is None:
        return at + SHOWN_FOR
    end = datetime.combine(loading + timedelta(days=1), time.min, current_reseller().zone)
    return min(max(end, at + timedelta(days=1)), at + SHOWN_AT_MOST)


@transaction.atomic
def publish(*, order: Order, by: Actor, at: datetime, sure: Answers = None) -> UUID:
    """Show the order to every carrier of the platform. Raises NotSigned, CannotPublish and those of
    lifecycle; Doubt until `sure` answers its question.
    """
    if not has_signed_with_platform():
        raise NotSigned(
            _(
                "Sign the sub-forwarder contract with the platform first: then orders may be published."
            )
        )
    row = lifecycle.lock(order)
    lifecycle.check(order=row, act=Act.PUBLISH, by=by)
    _ask_about_past(row, sure, at=at)
    listing = acts.publish(card=card_of(row, at=at), at=at, on=current_reseller().day(at))
    lifecycle.advance(
        order=order,
        act=Act.PUBLISH,
        by=by,
        at=at,
        facts={"listing": listing},
        sets={"listing_id": listing},
    )
    return listing


def _ask_about_past(order: Order, sure: Answers, *, at: datetime) -> None:
    """Ask before a day that is over is offered. Raises Doubt."""
    days = [stop.on for stop in order.stops.all() if stop.on]
    if not days or min(days) >= current_reseller().day(at):
        return
    key = f"past {min(days)}"
    if not is_answered(sure, key):
        text = _("The order has a date that is over: %(day)s.") % {"day": formats.day(min(days))}
        raise Doubt(key, text)


@transaction.atomic
def unpublish(*, order: Order, by: Actor, at: datetime) -> None:
    """Take the order off the exchange; open offers are closed and their carriers told."""
    row = lifecycle.lock(order)
    lifecycle.check(order=row, act=Act.UNPUBLISH, by=by)
    withdraw(row, at=at)
    lifecycle.advance(
        order=order,
        act=Act.UNPUBLISH,
        by=by,
        at=at,
        sets={"listing_id": None},
    )


def withdraw(order: Order, *, at: datetime) -> None:
    """The listing goes, the order's stage is the caller's business. Raises ExchangeRefused when it
    is awarded.
    """
    if order.listing_id:
        acts.withdraw_listing(listing_id=order.listing_id, at=at)


def order_of(offer: Offer) -> Order:
    """The own order that this offer is about, locked. Raises ExchangeRefused when the order is off
    the exchange, NotFound for another's.
    """
    order = (
        Order.objects.select_for_update(of=("self",)).filter(listing_id=offer.listing_id).first()
    )
    if order is None and offer.listing.owner_role == current().role:
        raise ExchangeRefused("listing_closed")
    if order is None:
        raise NotFound
    return order


@transaction.atomic
def counter(
    *,
    offer_id: UUID,
    price: Decimal,
    by: Actor,
    at: datetime,
    final: bool = False,
) -> None:
    """Answer a carrier with another price."""
    offer = queries.thread(offer_id)
    order = order_of(offer)
    acts.counter(
        offer_id=offer_id,
        side=Side.OWNER,
        price=price,
        at=at,
        final=final,
    )
    _noted(order, offer, by, at, answer="counter", price=price)


@transaction.atomic
def reject(*, offer_id: UUID, by: Actor, at: datetime) -> None:
    """Turn a carrier's offer down."""
    offer = queries.thread(offer_id)
    order = order_of(offer)
    acts.reject(offer_id=offer_id, side=Side.OWNER, at=at)
    _noted(order, offer, by, at, answer="reject", price=offer.price)


@transaction.atomic
def accept(
    *,
    offer_id: UUID,
    by: Actor,
    at: datetime,
    together: bool = False,
    sure: Answers = None,
) -> Trip:
    """Choose this carrier: award, trip, job and booking stand together or not at all. Raises Doubt
    as `publish`.
    """
    offer = queries.thread(offer_id)
    order = order_of(offer)
    _refuse_blocked(offer.carrier)
    award = acts.accept(offer_id=offer_id, side=Side.OWNER, at=at)
    return assignment.assign_award(
        order=order,
        award=award,
        by=by,
        at=at,
        together=together,
        sure=sure,
    )


def _refuse_blocked(carrier: Carrier) -> None:
    """The reseller's own partner may be blocked; carriers of others are no business of ours."""
    is_ours = carrier.home_role == current().role
    if is_ours and (why := why_blocked(carrier.company_id)):
        raise Refused(why)


def _noted(
    order: Order,
    offer: Offer,
    by: Actor,
    at: datetime,
    *,
    answer: str,
    price: Decimal,
) -> None:
    facts = {
        "offer": offer.pk,
        "carrier": offer.carrier.name,
        "answer": answer,
        "price": price,
        "currency": offer.currency,
    }
    write_event(
        order=order,
        old=order.stage,
        act="offer",
        by=by,
        at=at,
        facts=facts,
    )


@transaction.atomic
def awarded(*, listing_id: UUID, at: datetime) -> Trip | None:
    """A carrier accepted our price. Told again, it finds the trip there and does nothing."""
    order = Order.objects.select_for_update(of=("self",)).filter(listing_id=listing_id).first()
    if order is None or order.stage != Stage.PUBLISHED:
        return None
    award = Award.objects.select_related("offer").get(listing_id=listing_id)
    offer = award.offer
    info = AwardInfo(
        id=award.pk,
        listing_id=listing_id,
        offer_id=offer.pk,
        carrier_id=offer.carrier_id,
        carrier_role=offer.carrier_role,
        driver_id=offer.driver_id,
        price=award.price,
        currency=award.currency,
        at=award.at,
        carrier_tax=award.carrier_tax,
        payment=award.payment,
    )
    return assignment.assign_award(order=order, award=info, by=None, at=at)


@transaction.atomic
def expired(*, listing_id: UUID, at: datetime) -> None:
    """Nobody was chosen in time: the order is a draft again."""
    order = (
        Order.objects.select_for_update(of=("self",))
        .filter(listing_id=listing_id, stage=Stage.PUBLISHED)
        .first()
    )
    if order:
        lifecycle.advance(
            order=order,
            act=Act.UNPUBLISH,
            by=None,
            at=at,
            facts={"expired": True},
            sets={"listing_id": None},
        )
