"""Months that can be closed, of the platform's fee and of the ledger: which one a day is booked in,
and the locks.
"""

from __future__ import annotations

from datetime import date

from finance.models import MonthClose
from tenants.kit.calendar import first_of, next_month

Kind = MonthClose.Kind
FEE = Kind.FEE
BOOKS = Kind.BOOKS
# What is booked in a month does not wait for its like, only for the closing.
SHARE = "SELECT * FROM finance_monthclose WHERE kind = %s AND month = %s FOR SHARE"


def last_closed(kind: Kind = FEE) -> date | None:
    """The latest closed month; all before it are closed too."""
    closed = MonthClose.objects.filter(kind=kind, closed_at__isnull=False)
    return closed.order_by("-month").values_list("month", flat=True).first()


def booked_month(on: date, kind: Kind = FEE) -> date:
    """The month of a day, or the first one after all that are closed."""
    closed = last_closed(kind)
    return max(first_of(on), next_month(closed)) if closed else first_of(on)


def hold(month: date, kind: Kind = FEE) -> MonthClose:
    """The month's row, held against closing until the transaction ends."""
    MonthClose.objects.bulk_create([MonthClose(kind=kind, month=month)], ignore_conflicts=True)
    return MonthClose.objects.raw(SHARE, [kind.value, month])[0]


def hold_open(on: date, kind: Kind = FEE) -> date:
    """The month in which a day's money is booked, held open until the transaction ends."""
    while True:
        month = booked_month(on, kind)
        if hold(month, kind).closed_at is None:
            return month


def hold_alone(month: date, kind: Kind = FEE) -> MonthClose:
    """The month's row for closing: waits for what is being booked and keeps new entries out."""
    MonthClose.objects.bulk_create([MonthClose(kind=kind, month=month)], ignore_conflicts=True)
    return MonthClose.objects.select_for_update().get(kind=kind, month=month)
