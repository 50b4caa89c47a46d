"""Reading the fleet: cards of anybody in the pool, what is private of the own ones, who is on a
trip and where.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet
from django.http import Http404

from companies.models import Company
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers import positions
from tenants.drivers import queries as pool
from tenants.drivers.models import (
    Carrier,
    Driver,
    DriverPrivate,
    SeenLastPosition,
    Vehicle,
)
from tenants.exchange import jobs
from tenants.exchange.models import Job
from tenants.kit.counting import CappedCount, counts_capped
from tenants.kit.subqueries import has_row
from tenants.office.models import Member
from tenants.permissions import KIND_OF, Kind

MOST_POINTS = 300
Row = TypeVar("Row", Driver, Vehicle)


def driver_for(driver_id: UUID) -> Driver:
    """Anybody of the pool: names and masked phones are everyone's. Raises Http404."""
    return _first(Driver.objects.select_related("carrier").filter(pk=driver_id))


def own_driver(driver_id: UUID) -> Driver:
    """One of this reseller's own. Raises Http404."""
    return _first(
        Driver.objects.select_related("carrier").filter(pk=driver_id, home_role=current().role)
    )


def vehicle_for(vehicle_id: UUID) -> Vehicle:
    """Any vehicle of the pool. Raises Http404."""
    return _first(Vehicle.objects.select_related("carrier").filter(pk=vehicle_id))


def own_vehicle(vehicle_id: UUID) -> Vehicle:
    """One of this reseller's own. Raises Http404."""
    return _first(
        Vehicle.objects.select_related("carrier").filter(pk=vehicle_id, home_role=current().role)
    )


def carrier_for(actor: Actor) -> Carrier:
    """The carrier that a partner's company is in the pool. Raises Http404."""
    company = Company.objects.filter(pk=actor.company_id).first() if actor.company_id else None
    carrier = (
        Carrier.objects.filter(pk=company.carrier_id, home_role=current().role).first()
        if company
        else None
    )
    if carrier is None:
        raise Http404
    return carrier


def crew_driver(actor: Actor, driver_id: UUID) -> Driver:
    """A driver of the partner's own. Raises Http404."""
    carrier = carrier_for(actor)
    return _first(
        Driver.objects.select_related("carrier").filter(pk=driver_id, carrier_id=carrier.pk)
    )


def crew_vehicle(actor: Actor, vehicle_id: UUID) -> Vehicle:
    """A vehicle of the partner's own. Raises Http404."""
    carrier = carrier_for(actor)
    return _first(
        Vehicle.objects.select_related("carrier").filter(pk=vehicle_id, carrier_id=carrier.pk)
    )


def _first(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row


def private_of(driver_ids: Iterable[UUID]) -> dict[UUID, DriverPrivate]:
    """Phone, ИНН, licence, as far as row security shows them: of the own drivers alone."""
    return {row.pk: row for row in DriverPrivate.objects.filter(pk__in=list(driver_ids))}


def colleagues() -> list[str]:
    """Names of the office's people, who may be responsible for a driver."""
    roles = [role for role, kind in KIND_OF.items() if kind is Kind.OFFICE]
    return list(
        Member.objects.filter(is_active=True, role__in=roles)
        .order_by("name")
        .values_list("name", flat=True)
    )


def trips_of(
    *,
    driver_id: UUID | None = None,
    vehicle_id: UUID | None = None,
    limit: int = 10,
) -> list[Job]:
    """The newest trips of a driver or vehicle that concern this reseller: its own orders, or its
    own fleet.
    """
    rows = Job.objects.filter(Q(driver_id=driver_id) if driver_id else Q(vehicle_id=vehicle_id))
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "-created_at")[:limit])


def open_job(
    *,
    driver_id: UUID | None = None,
    vehicle_id: UUID | None = None,
) -> Job | None:
    jobs = trips_of(
        driver_id=driver_id,
        vehicle_id=vehicle_id,
        limit=1,
    )
    return next((job for job in jobs if job.closed_at is None), None)


# -- «Мои водители»


def own_drivers(
    *,
    text: str = "",
) -> QuerySet[Driver]:
    """The own ones with `on_trip`, those on a trip first. Raises TooManyLookups."""
    running = jobs.driven_by(current().role).filter(driver_id=OuterRef("pk"), closed_at=None)
    return (
        pool.drivers(text=text, own=True)
        .annotate(on_trip=has_row(running))
        .order_by("-on_trip", "name", "pk")
    )


def count_own(rows: QuerySet[Driver]) -> dict[str, CappedCount]:
    return counts_capped(
        all=rows,
        trip=rows.filter(on_trip=True),
        free=rows.filter(on_trip=False),
    )


def running() -> list[Job]:
    """Open trips of the own fleet, the newest first."""
    return list(
        jobs.driven_by(current().role).filter(closed_at=None, driver_id__isnull=False)[:MOST_POINTS]
    )


def names(driver_ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """Of the own ones among these."""
    own = Driver.objects.filter(
        pk__in=list(driver_ids),
        home_role=current().role,
    )
    return list(own.order_by("name").values_list("pk", "name"))


def ended_last(driver_ids: Iterable[UUID]) -> list[Job]:
    """The last ended trip of each driver: where somebody without a trip was last seen."""
    ended = Job.objects.filter(
        carrier_role=current().role,
        driver_id__in=list(driver_ids),
        closed_at__isnull=False,
    )
    return list(ended.order_by("driver_id", "-closed_at").distinct("driver_id"))


def last_seen(jobs: Iterable[Job]) -> dict[UUID, SeenLastPosition]:
    """The newest point of each driver over these trips, in one query."""
    seen: dict[UUID, SeenLastPosition] = {}
    for point in positions.last_known([job.pk for job in jobs]).values():
        if point.driver_id not in seen or seen[point.driver_id].at < point.at:
            seen[point.driver_id] = point
    return seen
