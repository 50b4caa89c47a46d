"""The day on which the books begin: set by the head, else the start of the reseller's first year."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from finance.models import (
    BooksBeginning,
    ClientAdvance,
    Entry,
    OpeningBalance,
    Payment,
    Payout,
)
from tenants.actor import Actor, ResellerInfo
from tenants.kit import formats
from tenants.kit.calendar import day_of
from tenants.kit.tries import tried_again
from tenants.office import audit, money_days
from tenants.office.current import current_reseller

ONLY = 1  # the row's key


class CannotBegin(Exception):
    """The books cannot begin on this day; the text says why."""


def first_day(home: ResellerInfo, today: date) -> date:
    """The day that was set; by itself the first of January of the reseller's first year, or the
    day of what is oldest in the books where that is older.
    """
    return _set_day() or min(_usual(home, today), oldest_day() or today)


def first_day_after(on: date, home: ResellerInfo, today: date) -> date | None:
    """The day on which the books begin, where that is after `on`."""
    first = _set_day() or _usual(home, today)
    if on >= first:
        return None
    first = first_day(home, today)
    return first if on < first else None


def _set_day() -> date | None:
    """What the head has set."""
    rows = BooksBeginning.objects.filter(pk=ONLY)
    return rows.values_list("on", flat=True).first()


def _usual(home: ResellerInfo, today: date) -> date:
    """The start of the first year; a demo that plays earlier days has its own."""
    return date(min(home.founded_on.year, today.year), 1, 1)


def oldest_day() -> date | None:
    """The earliest day in the books."""
    days = [
        Entry.objects.aggregate(day=Min("on"))["day"],
        Payment.objects.aggregate(day=Min("paid_on"))["day"],
        Payout.objects.aggregate(day=Min("paid_on"))["day"],
        ClientAdvance.objects.aggregate(day=Min("paid_on"))["day"],
    ]
    return min((day for day in days if day), default=None)


@tried_again
def begin(*, on: date, by: Actor, at: datetime) -> None:
    """Set the day on which the books begin. Raises CannotBegin where something is dated before."""
    home = current_reseller(by)
    today = day_of(at, home.zone)
    before = first_day(home, today)
    if on == before:
        return
    if OpeningBalance.objects.filter(reverses=None, reversal=None).exists():
        text = _("Opening balances stand on %(day)s: take them back first.")
        raise CannotBegin(text % {"day": formats.day(before)})
    oldest = oldest_day()
    if oldest and on > oldest:
        text = _("The books hold something of %(day)s already.")
        raise CannotBegin(text % {"day": formats.day(oldest)})
    if on > today:
        raise CannotBegin(_("This day has not come yet."))
    BooksBeginning.objects.update_or_create(
        pk=ONLY,
        defaults={
            "on": on,
            "set_at": at,
            "set_by": by.member_id,
            "set_name": by.name,
        },
    )
    audit.record(
        action="books.begin",
        subject="books",
        title=f"{on}",
        by=by,
        at=at,
        before={"on": before},
        after={"on": on},
    )


money_days.ask_books(first_day_after)
