"""Profit and loss of a period by client, direction, order or manager, at home.

Every line of the accounts of profit and loss is in one row: those of no order make a row of their
own, so that the rows of whole months add up to the months' results to the cent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from finance.models import Line
from finance.queries.pnl import SHOWN, Result, added_up, sums_of
from orders.models import Order
from tenants.kit.money import ZERO
from tenants.office.people import names_of

BETWEEN = " → "  # of the two places of a direction, as an order writes its route


CLIENT = "client"
DIRECTION = "direction"
ORDER = "order"
MANAGER = "manager"
SLICES = {
    CLIENT: _("Client"),
    DIRECTION: _("Direction"),
    ORDER: _("Order"),
    MANAGER: _("Manager"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Result):
    """One client, direction, order or manager, in the reseller's currency. An empty `key` is what
    belongs to no order; an empty `name` an order that has none.
    """

    key: str
    name: str
    is_of_order: bool


def pnl_by(by: str, *, first: date, last: date) -> list[Part]:
    """From the one day to the other, both included; the most profitable first."""
    lines = Line.objects.filter(
        Q(debit__in=SHOWN) | Q(credit__in=SHOWN),
        entry__on__range=(first, last),
    )
    keyed = lines.annotate(of=_key(by), of_order=Q(order_id__isnull=False))
    sums = keyed.order_by().values("of", "of_order").annotate(**_sums())
    rows = list(sums.values_list("of", "of_order", *SHOWN))
    names = _names(by, {key for key, *_rest in rows if key})
    parts = [
        Part(
            key=key or "",
            name=names.get(key or "", ""),
            is_of_order=is_of_order,
            **sums_of(dict(zip(SHOWN, amounts, strict=True))),
        )
        for key, is_of_order, *amounts in rows
    ]
    return sorted(parts, key=lambda part: (-part.profit, part.name))


def total_of(
    parts: Collection[Part],
) -> Part:
    """The sum under the rows."""
    return Part(key="", name="", is_of_order=False, **added_up(parts))


def _sums() -> dict[str, Coalesce]:
    """The debit of each account less its credit, at home."""
    return {
        str(account.value): Coalesce(Sum("home_amount", filter=Q(debit=account)), ZERO)
        - Coalesce(Sum("home_amount", filter=Q(credit=account)), ZERO)
        for account in SHOWN
    }


def _key(by: str) -> Subquery | Cast:
    """What a line's order is divided by, as text."""
    if by == ORDER:
        return Cast(F("order_id"), TextField())
    column = {
        CLIENT: Cast(F("client_id"), TextField()),
        MANAGER: Cast(F("responsible"), TextField()),
        DIRECTION: Concat(F("place_from"), Value(BETWEEN), F("place_to")),
    }[by]
    orders = Order.objects.filter(pk=OuterRef("order_id")).annotate(divided=column)
    return Subquery(orders.values("divided"))


def _names(by: str, keys: Collection[str]) -> Mapping[str, str]:
    """What people call them."""
    if by == DIRECTION:
        return {key: "" if key == BETWEEN else key for key in keys}
    ids = {UUID(key) for key in keys}
    if by == MANAGER:
        named = names_of(ids)
    else:
        rows = _clients(ids) if by == CLIENT else _orders(ids)
        named = dict(rows)
    return {str(key): name for key, name in named.items()}


def _clients(ids: Collection[UUID]) -> QuerySet[Company, tuple[UUID, str]]:
    return Company.objects.filter(pk__in=ids).values_list("pk", "name")


def _orders(ids: Collection[UUID]) -> QuerySet[Order, tuple[UUID, str]]:
    return Order.objects.filter(pk__in=ids).values_list("pk", "ref")
