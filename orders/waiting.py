"""How long vehicles stay at the addresses of companies, counted from the stages of their trips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from statistics import mean
from uuid import UUID

from companies.waiting import Waiting, ask_trips
from orders.models import Stop, StopKind, Trip, TripEvent, TripStage

LATEST = 200  # visits, which is more than a year of a busy yard
STAY = {
    StopKind.LOADING: (TripStage.AT_LOADING, TripStage.LOADED),
    StopKind.UNLOADING: (TripStage.AT_UNLOADING, TripStage.UNLOADED),
}
Moments = Mapping[tuple[UUID, str], datetime]


def waiting_at(addresses: Collection[UUID]) -> dict[UUID, Waiting]:
    """The average stay at each address that was visited, over its latest visits."""
    stops = Stop.objects.filter(company_address__in=addresses, kind__in=list(STAY))
    trips = Trip.objects.filter(order__stops__in=stops, replaced_at=None).order_by("-assigned_at")
    latest = dict(trips.values_list("order_id", "pk").distinct()[:LATEST])
    moments = _moments(latest.values())
    stays: dict[UUID, list[timedelta]] = defaultdict(list)
    for stop in stops.filter(order__in=latest):
        stay = _stay(stop, latest[stop.order_id], moments)
        if stay is not None and stop.company_address is not None:
            stays[stop.company_address].append(stay)
    return {address: _average(times) for address, times in stays.items()}


def _moments(trips: Collection[UUID]) -> dict[tuple[UUID, str], datetime]:
    """When each stage was reached; what was entered last is what counts."""
    events = TripEvent.objects.filter(trip__in=trips).order_by("entered_at")
    return {(event.trip_id, event.stage): event.at for event in events}


def _stay(stop: Stop, trip: UUID, moments: Moments) -> timedelta | None:
    arrival, departure = STAY[StopKind(stop.kind)]
    came = moments.get((trip, arrival))
    left = moments.get((trip, departure))
    if came is None or left is None or left < came:
        return None
    return left - came


def _average(times: list[timedelta]) -> Waiting:
    """The mean of the stays, and how many they were."""
    seconds = mean(time.total_seconds() for time in times)
    return Waiting(timedelta(seconds=round(seconds)), len(times))


ask_trips(waiting_at)
