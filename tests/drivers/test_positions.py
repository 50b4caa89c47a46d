"""Tracks: what is stored of a batch, what is refused, and the newest point."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction

from tenants.context import CARRIERS, INGEST, PLATFORM, inside
from tenants.drivers import pool, positions
from tenants.drivers.models import Driver, LastPosition, Position
from tenants.drivers.positions import BadPoint, Fix, record
from tests.world import Cast

NOW = datetime(2026, 3, 13, 6, tzinfo=UTC)
DAY = date(2026, 3, 13)


def fix(minute: int, lat: float = 42.0, lon: float = 74.0) -> Fix:
    return Fix(NOW + timedelta(minutes=minute), lat, lon)


def stored(job: UUID) -> list[tuple[datetime, float]]:
    with inside(INGEST):
        return list(Position.objects.filter(job_id=job).order_by("at").values_list("at", "lat"))


def newest(job: UUID) -> tuple[datetime, float] | None:
    with inside(INGEST):
        return LastPosition.objects.filter(job_id=job).values_list("at", "lat").first()


def test_points_come_sorted_once_each(db: None) -> None:
    job = uuid4()
    assert (
        record(
            job=job,
            driver_id=uuid4(),
            points=[fix(-1, 43), fix(-3, 41), fix(-3, 41), fix(-2, 42)],
            at=NOW,
        )
        == 3
    )
    assert [lat for _, lat in stored(job)] == [41, 42, 43]
    assert newest(job) == (fix(-1).at, 43)


def test_a_batch_sent_twice_is_stored_once(db: None) -> None:
    job = uuid4()
    batch = [fix(-3), fix(-2)]
    assert record(job=job, driver_id=uuid4(), points=batch, at=NOW) == 2
    assert record(job=job, driver_id=uuid4(), points=[*batch, fix(-1)], at=NOW) == 1
    assert len(stored(job)) == 3


def test_late_points_fill_the_track_but_are_not_the_newest(
    db: None,
) -> None:
    job = uuid4()
    record(job=job, driver_id=uuid4(), points=[fix(-1, 43)], at=NOW)
    assert record(job=job, driver_id=uuid4(), points=[fix(-50, 41)], at=NOW) == 1
    assert newest(job) == (fix(-1).at, 43) and len(stored(job)) == 2


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (fix(6), "in_the_future"),
        (fix(0, 91), "off_the_globe"),
        (fix(0, 0, 181), "off_the_globe"),
        (fix(0, float("nan")), "off_the_globe"),
        (Fix(datetime(2026, 3, 13, 5), 1, 1), "no_time_zone"),
    ],
)
def test_one_bad_point_refuses_the_batch(db: None, bad: Fix, why: str) -> None:
    job = uuid4()
    with pytest.raises(BadPoint) as caught:
        record(job=job, driver_id=uuid4(), points=[fix(-1), bad], at=NOW)
    assert caught.value.reason == why
    assert stored(job) == [] and newest(job) is None


def test_a_clock_a_little_ahead_is_forgiven_and_nothing_is_nothing(
    db: None,
) -> None:
    assert record(job=uuid4(), driver_id=uuid4(), points=[fix(2)], at=NOW) == 1
    assert record(job=uuid4(), driver_id=uuid4(), points=[], at=NOW) == 0


def test_the_driver_was_active(db: None) -> None:
    with inside(PLATFORM):
        driver = pool.register_driver(name="Улан", on=DAY, at=NOW)
    record(job=uuid4(), driver_id=driver.pk, points=[fix(-1)], at=NOW)
    with inside(CARRIERS):
        assert Driver.objects.get().last_active_at == NOW
    with (
        inside(INGEST),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        Driver.objects.update(name="X")


def test_nobody_rewrites_a_track(alpha: Cast) -> None:
    record(job=uuid4(), driver_id=uuid4(), points=[fix(-1)], at=NOW)
    for scope in (INGEST, alpha.scope, CARRIERS, PLATFORM):
        for statement in (
            "UPDATE public.drivers_position SET lat = 0",
            "DELETE FROM public.drivers_position",
        ):
            with (
                inside(scope),
                pytest.raises(Exception, match="permission denied"),
                transaction.atomic(),
            ):
                connection.cursor().execute(statement)


def test_a_job_nobody_knows_is_seen_by_nobody(alpha: Cast) -> None:
    job = uuid4()
    record(job=job, driver_id=uuid4(), points=[fix(-1)], at=NOW)
    with inside(alpha.scope):
        assert positions.last_known([job]) == {} and positions.track(job) == []


@pytest.mark.slow
def test_the_same_batch_from_eight_connections_is_stored_once(
    committed: None,
) -> None:
    job = uuid4()
    driver = uuid4()
    batch = [fix(-n) for n in range(20)]

    def send(_: int) -> int:
        try:
            return record(job=job, driver_id=driver, points=batch, at=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(send, range(8))) == [0] * 7 + [20]
    assert len(stored(job)) == 20
