"""Days and months, in a reseller's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST_YEAR = 2000
LAST_YEAR = 2100


class NotAMonth(ValueError):
    """A month is written 2026-03."""


def day_of(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def first_of(on: date) -> date:
    return on.replace(day=1)


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_of(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def months_until(month: date, count: int) -> list[date]:
    """So many months in a row, the given one last."""
    months = [month]
    while len(months) < count:
        months.insert(0, month_before(months[0]))
    return months


def moments_of(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a month begins and when the next one does."""
    start = month
    end = next_month(month)
    return datetime(start.year, start.month, 1, tzinfo=zone), datetime(
        end.year, end.month, 1, tzinfo=zone
    )


def month_from(text: str) -> date:
    """`2026-03` as the first day of March. Raises NotAMonth, also for one of no reseller's time."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise NotAMonth(text) from error
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise NotAMonth(text)
    return month
