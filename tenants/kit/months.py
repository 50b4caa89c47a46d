"""Pages that show one month: the day, the month asked for, links to the months beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.dates import MONTHS

from tenants.kit import clock, formats
from tenants.kit.calendar import (
    NotAMonth,
    day_of,
    month_before,
    month_from,
    next_month,
)
from tenants.kit.forms import Choice
from tenants.kit.web import OfficeRequest


@dataclass(frozen=True, slots=True)
class MonthSwitch:
    """A month by name, as its page writes it, with the addresses of the months beside."""

    label: str
    value: str
    before: str
    after: str
    choices: Sequence[Choice] = ()


def today_of(request: OfficeRequest) -> date:
    """The day it is at the reseller's."""
    return day_of(clock.now(), request.reseller.zone)


def month_of(text: str) -> date:
    """`2026-03` as its first day. A word that is no month → 404."""
    try:
        return month_from(text)
    except NotAMonth as wrong:
        raise Http404 from wrong


def month_asked(request: OfficeRequest) -> date:
    """The month of the address, by default the running one. A word that is no month → 404."""
    text = request.GET.get("month", "")
    return month_of(text) if text else today_of(request).replace(day=1)


def month_label(month: date) -> str:
    """«Март 2026»; the year as the page's language counts it."""
    return f"{MONTHS[month.month]} {formats.year(month)}"


def month_choices(first: date, last: date, *, chosen: date | None = None) -> list[Choice]:
    """Every month from the one to the other by name, the newest first; `chosen` is among them."""
    months = {first.replace(day=1)}
    while (newest := max(months)) < last.replace(day=1):
        months.add(next_month(newest))
    if chosen:
        months.add(chosen)
    return [(f"{month:%Y-%m}", month_label(month)) for month in sorted(months, reverse=True)]


def month_switch(url: str, month: date, choices: Sequence[Choice] = ()) -> MonthSwitch:
    """The month with links to the one before and the one after, and those one may go to."""
    return MonthSwitch(
        choices=choices,
        label=month_label(month),
        value=f"{month:%Y-%m}",
        before=f"{url}?month={month_before(month):%Y-%m}",
        after=f"{url}?month={next_month(month):%Y-%m}",
    )
