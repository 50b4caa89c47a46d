"""When drivers and vehicles are taken. The database's exclusion constraints decide; here they get
words.

Overlapping trips of one driver or vehicle are allowed only in one run of one reseller (догруз).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from tenants.context import current
from tenants.drivers.models import Booking

CONSTRAINTS = ("booking_one_run", "booking_one_role")


class Busy(Exception):
    """The driver or vehicle is taken then. `run` is our own run to join, None when another reseller
    has them.
    """

    def __init__(self, kind: str, run: UUID | None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.run = run

    def __str__(self) -> str:
        return (
            _("The driver is busy at this time.")
            if self.kind == "driver"
            else _("The vehicle is busy at this time.")
        )


def book(
    *,
    trip_id: UUID,
    start: datetime,
    end: datetime,
    at: datetime,
    driver_id: UUID | None = None,
    vehicle_id: UUID | None = None,
    run: UUID | None = None,
) -> UUID:
    """Take driver and vehicle from `start` until `end` for a trip of this reseller. Returns the
    run. Raises Busy.

    With the `run` of a clashing own booking the trips go together; without, every overlap is
    refused.
    """
    run = run or uuid4()
    role = current().role
    with transaction.atomic():
        for kind, subject in (
            (Booking.Kind.DRIVER, driver_id),
            (Booking.Kind.VEHICLE, vehicle_id),
        ):
            if subject:
                _try(
                    Booking(
                        kind=kind,
                        subject_id=subject,
                        period=DateTimeTZRange(start, end),
                        run=run,
                        role=role,
                        trip_id=trip_id,
                        booked_at=at,
                    )
                )
    return run


def _try(booking: Booking) -> None:
    _alone(booking)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as problem:
        if not any(name in str(problem) for name in CONSTRAINTS):
            raise
        raise Busy(booking.kind, _own_run(booking)) from None


def _alone(booking: Booking) -> None:
    """One at a time for a driver or vehicle, until the transaction ends: rows checked against each
    other at once deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"booking {booking.subject_id}"],
        )


def _own_run(booking: Booking) -> UUID | None:
    """Row security shows our own bookings alone: none found means that another reseller has them."""
    own = Booking.objects.filter(
        subject_id=booking.subject_id, period__overlap=booking.period
    ).exclude(pk=booking.pk)
    return own.values_list("run", flat=True).first()


def release(*, trip_id: UUID, at: datetime) -> int:
    """The trip ended, was cancelled or changed hands: what was booked from `at` on is free. Returns
    how many rows.
    """
    with transaction.atomic():
        rows = list(
            Booking.objects.select_for_update().filter(trip_id=trip_id, role=current().role)
        )
        for row in rows:
            if row.period.lower >= at:
                row.delete()
            elif row.period.upper > at:
                row.period = DateTimeTZRange(row.period.lower, at)
                row.save(update_fields=["period"])
    return len(rows)


def extend(*, trip_id: UUID, end: datetime) -> None:
    """The trip takes longer than booked. Raises Busy."""
    with transaction.atomic():
        for row in (
            Booking.objects.select_for_update()
            .filter(trip_id=trip_id, role=current().role)
            .order_by("kind")
        ):
            row.period = DateTimeTZRange(row.period.lower, end)
            _try(row)
