"""Days on which money moves or a rate holds: one rule for pages, files and the API.

Such a day has come, is not before the books begin, and is asked about when it lies far back: a
year typed wrong would stand in a month that is long closed. The books tell where they begin
(finance/beginning.py), as they alone hold the setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tenants.actor import ResellerInfo
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered

CLOCKS_APART = timedelta(days=1)  # a bank in another time zone may be a day ahead
LONG_AGO = timedelta(days=60)
NO_TIME = timedelta()
Beginning = Callable[[date, ResellerInfo, date], date | None]
_beginnings: list[Beginning] = []


class WrongDay(Exception):
    """Money cannot move on this day; the text says why."""


def ask_books(beginning: Beginning) -> None:
    """The books say where they begin: given a day, the reseller and today, their first day where
    that one is after the given.
    """
    _beginnings.append(beginning)


def check(on: date, *, home: ResellerInfo, today: date, before: timedelta = NO_TIME) -> None:
    """Raises WrongDay. `before` is how much earlier than the books it may be."""
    if on > today + CLOCKS_APART:
        raise WrongDay(_("This day has not come yet."))
    for beginning in _beginnings:
        if first := beginning(on + before, home, today):
            text = _("The books begin on %(day)s: nothing is dated before.")
            raise WrongDay(text % {"day": formats.day(first)})


def ask(on: date, *, today: date, sure: Answers) -> None:
    """Raises Doubt where the day lies more than 60 days back and nobody said yes to it."""
    key = f"old_day:{on}"
    if on >= today - LONG_AGO or is_answered(sure, key):
        return
    text = _("%(day)s lies more than 60 days back.")
    raise Doubt(key, text % {"day": formats.day(on)})
