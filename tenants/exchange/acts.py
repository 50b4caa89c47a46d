"""Acts of the exchange. Each is one SQL function that checks who acts and whose turn it is, and
tells the other side.

They run in the caller's scope and transaction; a refusal (ExchangeRefused, NotFound) leaves nothing
written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from tenants.context import PLATFORM, inside
from tenants.exchange import cards
from tenants.exchange.models import Award, Side
from tenants.exchange.refusals import translated

__all__ = [
    "AwardInfo",
    "Side",
    "accept",
    "counter",
    "expire_due",
    "leave",
    "publish",
    "reject",
    "send_offer",
    "withdraw",
    "withdraw_listing",
]


Value = str | int | bool | Decimal | date | UUID | Side | None


@dataclass(frozen=True, slots=True)
class AwardInfo:
    """Who won, at what price; enough for the owner to open trip and job."""

    id: UUID
    listing_id: UUID
    offer_id: UUID
    carrier_id: UUID
    carrier_role: str
    driver_id: UUID | None
    price: Decimal
    currency: str
    at: datetime
    carrier_tax: str = ""
    payment: str = ""


def publish(*, card: cards.ListingCard, at: datetime, on: date | None = None) -> UUID:
    """Put a card on the exchange. `on` is the reseller's own day, for the reference."""
    listing_id: UUID = _call("publish_listing", cards.as_json(card), on or at.date(), at)
    return listing_id


def withdraw_listing(*, listing_id: UUID, at: datetime) -> None:
    """Take a listing back; its open offers are closed and their carriers told."""
    _call("withdraw_listing", listing_id, at)


def send_offer(
    *,
    listing_id: UUID,
    carrier_id: UUID,
    price: Decimal,
    at: datetime,
    driver_id: UUID | None = None,
    final: bool = False,
    carrier_tax: str = "",
    payment: str = "",
) -> UUID:
    """Begin a thread with a first price, and what it says of taxes and payment. One open offer a
    carrier and listing.
    """
    offer_id: UUID = _call(
        "send_offer",
        listing_id,
        carrier_id,
        driver_id,
        price,
        final,
        at,
    )
    if carrier_tax or payment:
        _call("set_offer_terms", offer_id, carrier_tax, payment, at)
    return offer_id


def counter(
    *,
    offer_id: UUID,
    side: Side,
    price: Decimal,
    at: datetime,
    final: bool = False,
) -> int:
    """Answer with another price; `final` leaves the other side only yes or no. Returns the round's
    number.
    """
    number: int = _call("counter_offer", offer_id, side, price, final, at)
    return number


def accept(*, offer_id: UUID, side: Side, at: datetime) -> AwardInfo:
    """Take the price that stands. Awards the listing, closes every other offer."""
    award = Award.objects.select_related("offer").get(pk=_call("accept_offer", offer_id, side, at))
    offer = award.offer
    return AwardInfo(
        id=award.pk,
        listing_id=award.listing_id,
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


def reject(*, offer_id: UUID, side: Side, at: datetime) -> None:
    """Turn the thread down: the owner at any time, the carrier in turn."""
    _call("reject_offer", offer_id, side, at)


def withdraw(*, offer_id: UUID, at: datetime) -> None:
    """The carrier takes the offer back, whoever's turn it is."""
    _call("withdraw_offer", offer_id, at)


def expire_due(*, at: datetime) -> int:
    """Close what is past its time, for all resellers at once. Returns how many listings."""
    with inside(PLATFORM):
        ended: int = _call("expire_due", at)
    return ended


def leave(*, role: str, at: datetime) -> int:
    """A suspended reseller's listings and open offers go. Returns how many listings."""
    with inside(PLATFORM):
        ended: int = _call("leave_exchange", role, at)
    return ended


def _call(function: str, *values: Value) -> Any:
    """In a savepoint, so that the caller may go on after a refusal."""
    marks = ", ".join(["%s"] * len(values))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT public.{function}({marks})",
                [value.value if isinstance(value, Side) else value for value in values],
            )
            row = cursor.fetchone()
    except DatabaseError as problem:
        raise translated(problem) from problem
    return row[0] if row else None
