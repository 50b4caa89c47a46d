"""A yes to a sum carries the sum as it was shown: another one in force is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from orders import lifecycle
from orders.errors import Refused
from orders.models import Order, OrderEvent
from orders.stages import Act
from tenants.actor import Actor
from tenants.kit import formats


class PriceChanged(Refused):
    """The sum that stands is not the one that the person saw."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person saw: the price, its currency, the version of what it stands on. A part that is
    None was not named; `demanded` asks for the price at least.
    """

    price: Decimal | None = None
    currency: str | None = None
    version: int | None = None
    demanded: bool = False

    def check(self, *, price: Decimal | None, currency: str, version: int) -> None:
        """Raises PriceChanged."""
        named = ((self.price, price), (self.currency, currency), (self.version, version))
        is_same = all(seen is None or seen == stands for seen, stands in named)
        is_missing = self.demanded and self.price is None
        if is_same and not is_missing:
            return
        raise PriceChanged(
            _("It was changed meanwhile: the price is %(price)s now. Look at it and answer again.")
            % {"price": formats.money(price, currency)}
        )


def shown_on_page(data: Mapping[str, str], *, demanded: bool = True) -> Shown:
    """The sum that a page sent back with the person's yes."""
    version = data.get("version") or ""
    return Shown(
        price=_decimal(data.get("price") or ""),
        currency=data.get("currency") or None,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        demanded=demanded,
    )


def _decimal(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def sent_with(price: Decimal | None, currency: str, version: int) -> dict[str, str]:
    """The hidden fields of a page that asks for a yes."""
    return {
        "price": "" if price is None else str(price),
        "currency": currency,
        "version": str(version),
    }


@transaction.atomic
def advance(*, order: Order, act: Act, shown: Shown, by: Actor, at: datetime) -> OrderEvent:
    """Take a step that stands on the client's price as it was shown. Raises PriceChanged and the
    refusals of lifecycle.
    """
    row = lifecycle.lock(order)
    lifecycle.check(order=row, act=act, by=by)
    shown.check(price=row.client_price, currency=row.currency, version=row.version)
    return lifecycle.advance(order=order, act=act, by=by, at=at, facts=facts_of(row, act))


def facts_of(
    order: Order,
    act: Act,
) -> dict[str, object]:
    """What the history keeps of a step that stands on the client's price."""
    if act is Act.COMPLETE:
        return {"margin": order.margin}
    return {
        "price": order.client_price,
        "currency": order.currency,
    }
