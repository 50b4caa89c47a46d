"""Driver and vehicle of a trip are taken for its time; two trips may be driven as one run."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from orders import carrier_view
from orders.errors import Refused
from orders.models import Order, Trip
from tenants.drivers import bookings
from tenants.kit.doubts import Doubt

TOGETHER = "together"


class Booking(TypedDict):
    """Driver and vehicle of a trip, taken from one moment to another."""

    trip_id: UUID
    start: datetime
    end: datetime
    at: datetime
    driver_id: UUID | None
    vehicle_id: UUID | None


class Overlap(Refused):
    """Driver or vehicle is on another trip then. `together` says whether the trips may be driven as
    one run.
    """

    def __init__(self, busy: bookings.Busy) -> None:
        super().__init__(str(busy))
        self.run = busy.run
        self.together = busy.run is not None

    @property
    def question(self) -> Doubt | None:
        """Whether the trips are one run; None where they cannot be."""
        return Doubt(TOGETHER, str(self)) if self.together else None


def book(
    order: Order,
    trip: Trip,
    *,
    together: bool,
    forced: bool,
    at: datetime,
) -> None:
    """Driver and vehicle are taken. Догруз joins the run they are on; an award already made stands
    even if they clash.
    """
    if trip.driver_id is None and trip.vehicle_id is None:
        return
    first, last = carrier_view.period_of(order, at=at)
    booking = Booking(
        trip_id=trip.pk,
        start=first,
        end=last,
        at=at,
        driver_id=trip.driver_id,
        vehicle_id=trip.vehicle_id,
    )
    try:
        with transaction.atomic():
            bookings.book(**booking)
    except bookings.Busy as busy:
        if not together or (busy.run is None and not forced):
            raise Overlap(busy) from busy
        if busy.run is not None:
            _join(booking, busy.run)


def _join(booking: Booking, run: UUID) -> None:
    try:
        with transaction.atomic():
            bookings.book(**booking, run=run)
    except bookings.Busy as busy:
        raise Overlap(busy) from busy
