"""Drivers and vehicles are not in two places: the database refuses, догруз is one run of one
reseller.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connections

from tenants.context import inside
from tenants.drivers import bookings
from tenants.drivers.bookings import Busy, book, extend, release
from tenants.drivers.models import Booking
from tests.world import Cast, load

NOW = datetime(2026, 3, 13, 6, tzinfo=UTC)
DRIVER = uuid4()
TRUCK = uuid4()


def day(number: float) -> datetime:
    return NOW + timedelta(days=number)


def take(
    cast: Cast,
    start: float,
    end: float,
    trip: UUID | None = None,
    **more: Any,
) -> UUID:
    with inside(cast.scope):
        return book(
            trip_id=trip or uuid4(),
            start=day(start),
            end=day(end),
            at=NOW,
            **({"driver_id": DRIVER} | more),
        )


def test_one_after_the_other(alpha: Cast, beta: Cast) -> None:
    assert take(alpha, 0, 2) != take(beta, 2, 4)
    assert take(alpha, 4, 5, driver_id=DRIVER, vehicle_id=TRUCK)


def test_an_own_overlap_names_the_run_to_join(alpha: Cast) -> None:
    run = take(alpha, 0, 3)
    with pytest.raises(Busy) as caught:
        take(alpha, 2, 5)
    assert (caught.value.kind, caught.value.run) == ("driver", run)
    assert take(alpha, 2, 5, run=run) == run
    with inside(alpha.scope):
        assert Booking.objects.filter(run=run).count() == 2


def test_another_resellers_overlap_is_only_busy(alpha: Cast, beta: Cast) -> None:
    run = take(alpha, 0, 3)
    for more in ({}, {"run": run}):  # not even with the run's number
        with pytest.raises(Busy) as caught:
            take(beta, 1, 2, **more)
        assert caught.value.run is None
    with inside(beta.scope):
        assert Booking.objects.count() == 0


def test_a_busy_vehicle_leaves_the_driver_free(alpha: Cast) -> None:
    take(alpha, 0, 3, driver_id=None, vehicle_id=TRUCK)
    with pytest.raises(Busy) as caught:
        take(alpha, 1, 2, vehicle_id=TRUCK)
    assert caught.value.kind == "vehicle"
    with inside(alpha.scope):
        assert Booking.objects.count() == 1


def test_a_release_frees_what_is_left(alpha: Cast, beta: Cast) -> None:
    begun = uuid4()
    coming = uuid4()
    take(alpha, 0, 5, begun)
    take(alpha, 6, 8, coming)
    with inside(beta.scope):
        assert release(trip_id=begun, at=day(1)) == 0
    with inside(alpha.scope):
        assert release(trip_id=begun, at=day(2)) == 1 and release(trip_id=coming, at=day(2)) == 1
        assert [(b.period.lower, b.period.upper) for b in Booking.objects.all()] == [
            (day(0), day(2))
        ]
        assert release(trip_id=begun, at=day(3)) == 1  # again: nothing changes
    assert take(beta, 2, 9)


def test_a_longer_trip_may_meet_the_next(alpha: Cast, beta: Cast) -> None:
    trip = uuid4()
    take(alpha, 0, 2, trip)
    take(beta, 4, 6)
    with inside(alpha.scope):
        extend(trip_id=trip, end=day(4))
        with pytest.raises(Busy) as caught:
            extend(trip_id=trip, end=day(5))
        assert caught.value.run is None and Booking.objects.get().period.upper == day(4)


def test_a_period_ends_after_it_begins(alpha: Cast) -> None:
    with pytest.raises(DataError):
        take(alpha, 2, 1)


def race(alpha: Cast) -> list[bool]:
    """Eight dispatchers take one driver for overlapping days: who got them."""

    def one(number: int) -> bool:
        try:
            take(alpha, 0, 1 + number)
        except Busy:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, range(8)))


@pytest.mark.slow
def test_one_of_eight_gets_the_driver(committed: None) -> None:
    alpha = load("alpha")
    for _ in range(10):
        assert race(alpha).count(True) == 1
        with inside(alpha.scope):
            Booking.objects.all().delete()


@pytest.mark.slow
def test_without_the_constraints_all_would(committed: None) -> None:
    alpha = load("alpha")
    with connections["owner"].cursor() as cursor:
        for name in bookings.CONSTRAINTS:
            cursor.execute(f"ALTER TABLE drivers_booking DROP CONSTRAINT {name}")
    connections["owner"].close()
    assert race(alpha).count(True) == 8
