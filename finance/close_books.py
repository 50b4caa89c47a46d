"""Closing a month of the ledger: nothing is dated into it any more, unless it is opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from finance import months, notifications
from finance.close import CannotClose, waiting_until
from finance.models import MonthClose
from tenants.actor import Actor
from tenants.kit.calendar import day_of, first_of, last_of, next_month
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotReopen(Exception):
    """The month is open, a later one is closed, or no reason is given; the text says which."""


@tried_again
def close_books(*, month: date, by: Actor | None, at: datetime, early: bool = False) -> MonthClose:
    """Close the ledger up to the end of a month: later entries with an earlier day are dated after
    it.

    The commission of the month must be closed first, since it books into it. Raises CannotClose.
    """
    month = first_of(month)
    row = months.hold_alone(month, months.BOOKS)
    closed = months.last_closed(months.BOOKS)
    if row.closed_at or (closed and month <= closed):
        raise CannotClose(_("This month is closed already."))
    today = day_of(at, current_reseller(by).zone)
    if month > today or (last_of(month) >= today and not early):
        raise CannotClose(_("The month is not over yet."))
    if waiting := waiting_until(next_month(month)):
        raise CannotClose(
            _("Close the commission of %(month)s first.") % {"month": f"{waiting:%m.%Y}"}
        )
    row.closed_at = at
    row.closed_by = by.member_id if by else None
    row.closed_name = by.name if by else ""
    row.save(update_fields=["closed_at", "closed_by", "closed_name"])
    audit.record(
        action="books.close",
        subject=f"books:{month:%Y-%m}",
        title=f"{month:%Y-%m}",
        by=by,
        at=at,
    )
    notifications.of_month("books.closed", month, by=by, at=at)
    return row


@tried_again
def reopen_books(*, month: date, reason: str, by: Actor, at: datetime) -> MonthClose:
    """Open the latest closed month again; months before it that were closed with it open too.
    Raises CannotReopen.

    What was dated after the month meanwhile stays where it stands, so that a month that is closed
    anew without other acts holds what it held. The commission of a month is never opened again:
    what is wrong there goes into the open month.
    """
    month = first_of(month)
    row = months.hold_alone(month, months.BOOKS)
    closed = months.last_closed(months.BOOKS)
    if row.closed_at is None:
        raise CannotReopen(_("This month is not closed."))
    if closed != month:
        raise CannotReopen(_("Open %(month)s again first.") % {"month": f"{closed:%m.%Y}"})
    if not reason.strip():
        raise CannotReopen(_("Say why the month is opened again."))
    row.closed_at = None
    row.closed_by = None
    row.closed_name = ""
    row.reopened_at = at
    row.reopened_by = by.member_id
    row.reopened_name = by.name
    row.reopen_reason = reason.strip()
    row.save()
    audit.record(
        action="books.reopen",
        subject=f"books:{month:%Y-%m}",
        title=f"{month:%Y-%m}",
        by=by,
        at=at,
        reason=row.reopen_reason,
    )
    notifications.of_month("books.reopened", month, why=row.reopen_reason, by=by, at=at)
    return row
