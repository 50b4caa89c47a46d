"""The question before the same money is booked a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

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
