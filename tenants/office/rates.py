"""Rates of exchange by day: entered by hand or from a list, and asked for by the books.

A rate is how many units of the reseller's currency one unit of another is worth. One that is more
than 20 % off the rate before it is entered by the head alone, after a question; the platform sees
the mark on the commission that stands on it (SPEC T-9, T-10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.actor import Actor, ResellerInfo
from tenants.kit import formats
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.money import CURRENCIES, HUNDRED, MOST_FX, ZERO, rounded
from tenants.office import audit, money_days
from tenants.office.current import current_reseller
from tenants.office.models import ExchangeRate
from tenants.permissions import Role

Source = ExchangeRate.Source
LIFE = timedelta(days=7)  # a rate of so many days ago still serves
FAR = Decimal(20)  # per cent
MOST_OFF = Decimal("9999999999.99")


class CannotEnter(Exception):
    """The rate is not taken; the text says why, `currency` and `on` which one."""

    def __init__(self, text: str, entered: Rate) -> None:
        super().__init__(text)
        self.currency = entered.currency
        self.on = entered.on


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it is entered."""

    currency: str
    on: date
    rate: Decimal


def currencies(home: str) -> list[str]:
    """Those that have a rate at this reseller."""
    return [code for code in CURRENCIES if code != home]


def rate_on(currency: str, day: date) -> ExchangeRate | None:
    """The rate of a day, or the latest of the seven days before it."""
    rows = ExchangeRate.objects.filter(currency=currency, on__lte=day, on__gte=day - LIFE)
    return rows.order_by("-on").first()


def between(first: date, last: date) -> list[ExchangeRate]:
    """All rates of these days, the newest first."""
    return list(ExchangeRate.objects.filter(on__range=(first, last)).order_by("-on", "currency"))


@transaction.atomic
def enter(
    entered: Iterable[Rate],
    *,
    by: Actor,
    at: datetime,
    sure: Answers,
    source: Source = Source.TYPED,
) -> list[ExchangeRate]:
    """Keep rates, all or none. Those that stand already as entered are left as they are. Raises
    CannotEnter, Doubt.
    """
    home = current_reseller(by)
    today = day_of(at, home.zone)
    kept: list[ExchangeRate] = []
    oldest_first = sorted(entered, key=lambda rate: (rate.on, rate.currency))
    for one in oldest_first:
        _check(one, home, today)
        before = ExchangeRate.objects.filter(currency=one.currency, on=one.on).first()
        if before and before.rate == one.rate:
            continue
        if not kept:
            money_days.ask(one.on, today=today, sure=sure)  # of a list, the oldest
        off = _off(one)
        if off > FAR:
            _ask(one, by, sure)
        kept.append(_keep(one, before, off if off > FAR else None, source, by, at))
    return kept


def _check(entered: Rate, home: ResellerInfo, today: date) -> None:
    """Raises CannotEnter."""
    if entered.currency not in currencies(home.currency):
        raise CannotEnter(_("No rate is kept for this currency."), entered)
    if not ZERO < entered.rate <= MOST_FX:
        most = formats.number(MOST_FX, 6)
        raise CannotEnter(_("A rate is above zero and at most %(most)s.") % {"most": most}, entered)
    if entered.rate != round(entered.rate, 6):
        raise CannotEnter(_("A rate has no more than six decimals."), entered)
    try:
        money_days.check(entered.on, home=home, today=today, before=LIFE)
    except money_days.WrongDay as wrong:
        raise CannotEnter(str(wrong), entered) from wrong


def _earlier(entered: Rate) -> ExchangeRate | None:
    """The rate before it, of whatever age."""
    rows = ExchangeRate.objects.filter(currency=entered.currency, on__lt=entered.on)
    return rows.order_by("-on").first()


def _off(entered: Rate) -> Decimal:
    """By how many per cent a rate is off the one before it."""
    earlier = _earlier(entered)
    if earlier is None:
        return ZERO
    off = rounded(abs(entered.rate - earlier.rate) * HUNDRED / earlier.rate)
    return min(off, MOST_OFF)


def _ask(entered: Rate, by: Actor, sure: Answers) -> None:
    """Raises CannotEnter, and Doubt where the head has not said yes."""
    earlier = _earlier(entered)
    assert earlier is not None  # it is far off that one
    facts = {
        "currency": entered.currency,
        "rate": formats.number(entered.rate),
        "before": formats.number(earlier.rate),
        "day": formats.day(earlier.on),
    }
    if by.role is not Role.HEAD:
        text = _(
            "More than 20 %% off the rate of %(day)s, %(before)s. Only the head may enter that."
        )
        raise CannotEnter(text % facts, entered)
    key = f"far_rate:{entered.currency}:{entered.on}:{entered.rate.normalize():f}"
    if not is_answered(sure, key):
        text = _("%(currency)s %(rate)s is more than 20 %% off the rate of %(day)s, %(before)s.")
        raise Doubt(key, text % facts)


def _keep(
    entered: Rate,
    before: ExchangeRate | None,
    off: Decimal | None,
    source: Source,
    by: Actor,
    at: datetime,
) -> ExchangeRate:
    values = {
        "rate": entered.rate,
        "off": off,
        "source": source,
        "entered_at": at,
        "entered_by": by.member_id,
        "entered_name": by.name,
    }
    row, _is_new = ExchangeRate.objects.update_or_create(
        currency=entered.currency,
        on=entered.on,
        defaults=values,
    )
    audit.record(
        action="rate.enter",
        subject=f"rate:{entered.currency}:{entered.on}",
        title=f"{entered.currency} {entered.on}",
        by=by,
        at=at,
        before={"fx": before.rate} if before else None,
        after={"fx": entered.rate},
    )
    return row
