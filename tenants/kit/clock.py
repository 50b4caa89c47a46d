"""The day and moment of business: what orders, papers, books and lists call now.

`TRACK_TODAY=2027-03-28` lets every process pretend that day, with the real time of day; it is
refused outside the demo and the tests (config/settings.py). `TRACK_SINCE` is the real day on which
the pretending began, so that a process started after midnight agrees with the older ones. Limits,
leases, sessions, links and tokens use django.utils.timezone, which knows no pretending.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.conf import settings


def now() -> datetime:
    """The moment, aware, UTC."""
    return datetime.now(UTC) + shift()


def shift() -> timedelta:
    """How far the pretended day lies from the real one; nothing where none is pretended."""
    pretended: date | None = settings.TRACK_TODAY
    if pretended is None:
        return timedelta()
    since: date = settings.TRACK_SINCE
    return pretended - since
