"""The same money a second time: a form that is sent again, and the question before it is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from finance.typed_money import Refusal
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Sum:
    """Money as somebody types it: how much, when, and the number of its paper."""

    amount: Decimal
    currency: str
    paid_on: date
    reference: str


def repeated(
    earlier: M,
    facts: Mapping[str, object],
    refusal: Refusal,
    *,
    field: str = "amount",
) -> M:
    """What was booked under the same key before. Raises the refusal where that is another act: the
    key of an expense takes back nothing, and nobody is to believe that it did.
    """
    if any(getattr(earlier, name) != value for name, value in facts.items()):
        text = _("The form was saved when it was sent before, without what you changed since.")
        raise refusal(text, field)
    return earlier


def ask(booked: QuerySet[M], money: Sum, sure: Answers) -> None:
    """Raises Doubt where the same sum of the same day and number is among what is booked. `booked` is
    what came from, or went to, the same one.
    """
    alike = booked.filter(
        amount=money.amount,
        paid_on=money.paid_on,
        reference=money.reference,
    ).count()
    key = f"again:{alike}:{money.amount}:{money.paid_on}:{money.reference}"
    if not alike or is_answered(sure, key):
        return
    text = _("%(sum)s of %(day)s are booked already. Is it another payment?")
    words = {
        "sum": formats.money(money.amount, money.currency),
        "day": formats.day(money.paid_on),
    }
    raise Doubt(key, text % words)
