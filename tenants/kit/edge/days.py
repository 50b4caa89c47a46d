"""Days and moments as people write them, within the window of their use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.kit import clock, formats
from tenants.kit.edge import text

YEAR = timedelta(days=366)
CENTURY = 2000  # of a year that is written with two figures
BUDDHIST_FROM = 2400
BUDDHIST_AHEAD = 543
EARLIEST = date(2000, 1, 1)  # before any reseller's books
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


class NotADay(Exception):
    """The text is no day, or one outside of its window; the argument is for people."""


@dataclass(frozen=True, slots=True)
class Window:
    """How far back and ahead of today a day may be; None has no such end but EARLIEST."""

    back: timedelta | None
    ahead: timedelta

    @property
    def first(self) -> date:
        return EARLIEST if self.back is None else max(EARLIEST, _today() - self.back)

    @property
    def last(self) -> date:
        return _today() + self.ahead

    def check(self, day: date) -> None:
        """Raises NotADay."""
        if not self.first <= day <= self.last:
            raise NotADay(
                _("A day between %(first)s and %(last)s, please.")
                % {"first": formats.day(self.first), "last": formats.day(self.last)}
            )


BUSINESS = Window(None, 5 * YEAR)  # what lists are narrowed by, and days of no other kind
STOP = Window(3 * YEAR, 2 * YEAR)  # loading, unloading
PAYMENT = Window(3 * YEAR, timedelta(days=1))  # books of the last three years
PAST = Window(None, timedelta(days=1))  # signed, registered, a rate of the day


def read(typed: str, window: Window) -> date:
    """The day; a year of two figures is 20yy, one from 2400 on is Buddhist. Raises NotADay."""
    written = text.one_line(typed).translate(DIGITS)
    if match := YEAR_FIRST.fullmatch(written):
        year, month, day = match.groups()
    elif match := YEAR_LAST.fullmatch(written):
        day, month, year = match.groups()
    else:
        raise NotADay(_("There is no such day."))
    try:
        whole = date(_year(year), int(month), int(day))
    except ValueError as wrong:
        raise NotADay(_("There is no such day.")) from wrong
    window.check(whole)
    return whole


def _year(figures: str) -> int:
    """The year that two or four figures mean."""
    year = int(figures)
    if len(figures) == 2:
        return CENTURY + year
    return year - BUDDHIST_AHEAD if year >= BUDDHIST_FROM else year


def _today() -> date:
    """Today where the request is of; a day more or less is within every window's ends."""
    return timezone.localtime(clock.now()).date()
