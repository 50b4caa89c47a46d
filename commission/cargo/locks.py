"""Who may write when: closing a month waits for those who are writing, and they wait for it.

Every act on shipments first calls `open_months()`; the locks end with the transaction. The number
is the schema's own, so that resellers never wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from commission.cargo.models import MonthLock

MONTHS = 1
IMPORTS = 2
CARDS = 3


class MonthIsLocked(Exception):
    """The month of this day is closed: its money stands."""

    def __init__(self, month: date) -> None:
        super().__init__(f"{month:%m/%Y}")
        self.month = month


def open_months(days: Iterable[date] = ()) -> None:
    """Hold off any closing of a month until the transaction ends. Raises MonthIsLocked for a day in
    a closed one.
    """
    _take("pg_advisory_xact_lock_shared", MONTHS)
    if locked := locked_among(days):
        raise MonthIsLocked(min(locked))


def closing() -> None:
    """Wait until nobody is writing, and hold off writers."""
    _take("pg_advisory_xact_lock", MONTHS)


def one_import() -> None:
    """One confirmation at a time: what one saves the next one sees as double."""
    _take("pg_advisory_xact_lock", IMPORTS)


def one_activation() -> None:
    _take("pg_advisory_xact_lock", CARDS)


def locked_among(days: Iterable[date]) -> set[date]:
    """Those of the days' months that are closed."""
    months = {day.replace(day=1) for day in days}
    if not months:
        return set()
    locks = MonthLock.objects.filter(month__in=months)
    return set(locks.values_list("month", flat=True))


def is_locked(day: date) -> bool:
    return bool(locked_among([day]))


def _take(function: str, what: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(current_schema()), %s)", [what])
