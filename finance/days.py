"""Days and months of the books, in the reseller's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tenants.accounts.identify import info
from tenants.actor import Actor, ResellerInfo
from tenants.context import GATE, current_reseller_id, inside
from tenants.platform.models import Reseller


class NotAMonth(ValueError):
    """A month is written 2026-03."""


def home_of(by: Actor | None = None) -> ResellerInfo:
    """The reseller whose books are open: the actor's own, else read once under `gate`."""
    reseller_id = current_reseller_id()
    if by and by.reseller and by.reseller.id == reseller_id:
        return by.reseller
    with inside(GATE):
        return info(Reseller.objects.get(pk=reseller_id))


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
    found = [month]
    while len(found) < count:
        found.insert(0, month_before(found[0]))
    return found


def moments_of(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a month begins and when the next one does."""
    start = month
    end = next_month(month)
    return datetime(start.year, start.month, 1, tzinfo=zone), datetime(
        end.year, end.month, 1, tzinfo=zone
    )


def month_from(text: str) -> date:
    """`2026-03` as the first day of March. Raises NotAMonth."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise NotAMonth(text) from error
