"""Tracks of trips: points come in batches from the phone and are copied in under `ingest`.

A point sent twice is stored once: the last position's row is locked first, so batches of one job go
one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from tenants.context import INGEST, inside
from tenants.drivers.models import (
    Driver,
    Position,
    SeenLastPosition,
    SeenPosition,
)
from tenants.kit.geo import is_point

CLOCK_SKEW = timedelta(minutes=2)  # how far ahead of ours a phone's clock may run
OLDEST = timedelta(days=90)  # longer no phone waits for a network: its clock is wrong
MAX_POINTS = 500
FIELDS = {"at", "lat", "lon"}
STALE_AFTER = timedelta(hours=2)  # greyed on every map, and too old to guess an arrival from
UPSERT = """
INSERT INTO drivers_lastposition AS known (job_id, driver_id, at, lat, lon, received_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (job_id) DO UPDATE SET driver_id = excluded.driver_id, at = excluded.at, lat = excluded.lat,
  lon = excluded.lon, received_at = excluded.received_at
WHERE known.at < excluded.at
"""
COPY = "COPY drivers_position (job_id, driver_id, at, lat, lon, received_at) FROM STDIN"


class BadBatch(Exception):
    """What was sent is no list of points, or a longer one than is taken at once."""


class BadPoint(Exception):
    """A point that cannot be; `reason` is a word for programs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fix:
    """Where the truck was, and when."""

    at: datetime
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class RefusedPoint:
    """A point of a batch that was not taken; `index` counts from 0."""

    index: int
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many points were new, and which were refused."""

    stored: int
    refused: list[RefusedPoint]


def take(
    *,
    job: UUID,
    driver_id: UUID,
    sent: object,
    at: datetime,
    until: datetime | None = None,
) -> Taken:
    """Store the good points of a list as a phone sent it; each other one is refused alone.

    `until` is when the trip ended: later points are not taken. Raises BadBatch.
    """
    if not isinstance(sent, list) or len(sent) > MAX_POINTS:
        raise BadBatch
    fixes = []
    refused = []
    for index, point in enumerate(sent):
        try:
            fix = _read(point)
            _check_moment(fix, at, until)
            fixes.append(_checked(fix, at))
        except BadPoint as problem:
            refused.append(RefusedPoint(index, problem.reason))
    return Taken(record(job=job, driver_id=driver_id, points=fixes, at=at), refused)


def _read(point: object) -> Fix:
    """A point of JSON: {at, lat, lon}. Raises BadPoint."""
    if not isinstance(point, Mapping):
        raise BadPoint("unreadable")
    if point.keys() - FIELDS:
        raise BadPoint("unknown_field")
    try:
        moment = parse_datetime(str(point["at"]))
        lat = _degrees(point["lat"])
        lon = _degrees(point["lon"])
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise BadPoint("unreadable") from problem
    if moment is None:
        raise BadPoint("unreadable")
    return Fix(at=moment, lat=lat, lon=lon)


def _degrees(number: object) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float | str):
        raise TypeError
    return float(number)


def _check_moment(fix: Fix, at: datetime, until: datetime | None) -> None:
    if fix.at.tzinfo is None:
        raise BadPoint("no_time_zone")
    if fix.at < at - OLDEST:
        raise BadPoint("too_old")
    if until and fix.at > until:
        raise BadPoint("trip_over")


def _checked(fix: Fix, at: datetime) -> Fix:
    """The point as it is stored: a phone's clock that is a little ahead is set to ours."""
    if fix.at.tzinfo is None:
        raise BadPoint("no_time_zone")
    if fix.at > at + CLOCK_SKEW:
        raise BadPoint("in_the_future")
    if not is_point(fix.lat, fix.lon):
        raise BadPoint("off_the_globe")
    return Fix(min(fix.at, at), fix.lat, fix.lon)


def record(*, job: UUID, driver_id: UUID, points: Sequence[Fix], at: datetime) -> int:
    """Store points of a job, received `at`. Returns how many were new. Raises BadPoint, all or
    nothing.

    The caller has checked that the job is the driver's. The driver's last activity moves with it.
    """
    checked = [_checked(fix, at) for fix in points]
    one_a_moment = {fix.at: fix for fix in checked}.values()
    fixes = sorted(one_a_moment, key=lambda fix: fix.at)
    if not fixes:
        return 0
    with inside(INGEST), transaction.atomic():
        newest = fixes[-1]
        with connection.cursor() as cursor:
            cursor.execute(
                UPSERT,
                [job, driver_id, newest.at, newest.lat, newest.lon, at],
            )
        fresh = _unknown(job, fixes)
        _copy((job, driver_id, fix.at, fix.lat, fix.lon, at) for fix in fresh)
        Driver.objects.filter(pk=driver_id).update(last_active_at=at)
    return len(fresh)


def _unknown(
    job: UUID,
    fixes: list[Fix],
) -> list[Fix]:
    """The points that are not stored yet. One that was set to our clock is known by its place:
    sent again, it has another time.
    """
    rows = Position.objects.filter(
        job_id=job,
        at__gte=fixes[0].at - CLOCK_SKEW,
        at__lte=fixes[-1].at,
    )
    moments = set()
    set_to_ours = {}
    for moment, lat, lon, received in rows.values_list("at", "lat", "lon", "received_at"):
        moments.add(moment)
        if moment == received:
            set_to_ours[lat, lon] = moment

    def is_new(fix: Fix) -> bool:
        first = set_to_ours.get((fix.lat, fix.lon))
        is_again = first is not None and first <= fix.at <= first + CLOCK_SKEW
        return fix.at not in moments and not is_again

    return [fix for fix in fixes if is_new(fix)]


def _copy(rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)


def is_stale(seen_at: datetime, now: datetime) -> bool:
    """Whether a position is too old to say where the truck is now. Every page asks here."""
    return now - seen_at > STALE_AFTER


def last_known(job_ids: Iterable[UUID]) -> dict[UUID, SeenLastPosition]:
    """The newest point of each job that the current role may see: one query for a whole map."""
    return {row.job_id: row for row in SeenLastPosition.objects.filter(job_id__in=list(job_ids))}


def track(
    job_id: UUID,
    *,
    since: datetime | None = None,
    limit: int = 5000,
) -> list[SeenPosition]:
    """A job's points in order of time, as far as the current role may see the job."""
    rows = SeenPosition.objects.filter(job_id=job_id).order_by("at")
    return list((rows.filter(at__gte=since) if since else rows)[:limit])
