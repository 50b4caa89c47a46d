"""Tracks of trips: points come in batches from the phone and are copied in under `ingest`.

A point sent twice is stored once: the last position's row is locked first, so batches of one job go
one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from tenants.context import INGEST, inside
from tenants.drivers.models import (
    Driver,
    Position,
    SeenLastPosition,
    SeenPosition,
)
from tenants.kit.geo import is_point

CLOCK_SKEW = timedelta(minutes=5)  # how far ahead of ours a phone's clock may run
MAX_POINTS = 2000
STALE_AFTER = timedelta(hours=2)  # greyed on every map, and too old to guess an arrival from
UPSERT = """
INSERT INTO drivers_lastposition AS known (job_id, driver_id, at, lat, lon, received_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (job_id) DO UPDATE SET driver_id = excluded.driver_id, at = excluded.at, lat = excluded.lat,
  lon = excluded.lon, received_at = excluded.received_at
WHERE known.at < excluded.at
"""
COPY = "COPY drivers_position (job_id, driver_id, at, lat, lon, received_at) FROM STDIN"


class BadPoint(Exception):
    """A point that cannot be: off the globe, without a time zone, or in the future. `index` counts
    from 0.
    """

    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"{index}: {why}")
        self.index = index
        self.why = why


@dataclass(frozen=True, slots=True)
class Fix:
    """Where the truck was, and when."""

    at: datetime
    lat: float
    lon: float


def record(*, job: UUID, driver_id: UUID, points: Sequence[Fix], at: datetime) -> int:
    """Store a batch of points of a job, received `at`. Returns how many were new. Raises BadPoint,
    all or nothing.

    The caller has checked that the job is the driver's. The driver's last activity moves with it.
    """
    fixes = _checked(points, at)
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


def _checked(points: Sequence[Fix], at: datetime) -> list[Fix]:
    """In order of time, one a moment."""
    if len(points) > MAX_POINTS:
        raise BadPoint(MAX_POINTS, "too_many")
    for index, fix in enumerate(points):
        if fix.at.tzinfo is None:
            raise BadPoint(index, "no_time_zone")
        if fix.at > at + CLOCK_SKEW:
            raise BadPoint(index, "in_the_future")
        if not is_point(fix.lat, fix.lon):
            raise BadPoint(index, "off_the_globe")
    return sorted({fix.at: fix for fix in points}.values(), key=lambda fix: fix.at)


def _unknown(
    job: UUID,
    fixes: list[Fix],
) -> list[Fix]:
    stored = Position.objects.filter(
        job_id=job,
        at__gte=fixes[0].at,
        at__lte=fixes[-1].at,
    )
    moments = set(stored.values_list("at", flat=True))
    return [fix for fix in fixes if fix.at not in moments]


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
