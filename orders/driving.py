"""What a driver, a partner or another reseller's fleet does on a job: checked here, done in the
owner's scope.

The job was loaded under the carrier's own scope, so row security and `jobs.job_for` have said it is
theirs; only then is the owner's scope opened, and only for the one act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from orders import assignment, incidents, trips
from orders.models import Source, Trip
from tenants.actor import Actor
from tenants.context import inside
from tenants.drivers import positions
from tenants.drivers.models import Driver, Vehicle
from tenants.drivers.positions import RefusedPoint, Taken
from tenants.exchange import jobs
from tenants.exchange.models import Job
from tenants.exchange.refusals import NotFound
from tenants.permissions import Kind
from tenants.platform.resellers import scope_of


def job_for(actor: Actor, job_id: UUID) -> Job:
    """The job, if this person drives it. Raises Http404."""
    try:
        return jobs.job_for(actor, job_id)
    except NotFound as problem:
        raise Http404 from problem


@contextmanager
def _trip_of(job: Job) -> Iterator[Trip]:
    """The owner's trip of a job that the caller has been checked for."""
    with inside(scope_of(job.reseller_id)), transaction.atomic():
        yield Trip.objects.get(pk=job.trip_id)


def advance(
    *,
    job: Job,
    stage: str,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
    entry: UUID | None = None,
) -> None:
    """The next stage, told by who drives or by the carrier's office; `happened_at` when the phone
    was offline then, `entry` is the id of the press: sent again, it raises AlreadyThere.
    """
    source = Source.DRIVER if by.kind is Kind.DRIVER else Source.DISPATCHER
    with _trip_of(job) as trip:
        trips.advance(
            trip=trip,
            stage=stage,
            by=by,
            at=at,
            source=source,
            happened_at=happened_at,
            entry=entry,
        )


def report(
    *,
    job: Job,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
    entry: UUID | None = None,
) -> None:
    """An incident; what it costs is the office's to say. The same `entry` is written once."""
    with _trip_of(job) as trip:
        incidents.report(
            trip=trip,
            kind=kind,
            text=text,
            by=by,
            at=at,
            happened_at=happened_at,
            entry=entry,
        )


def crew(
    *,
    job: Job,
    driver: Driver | None,
    vehicle: Vehicle | None,
    by: Actor,
    at: datetime,
    together: bool = False,
) -> None:
    """The carrier says who of its people drives. Raises Overlap."""
    with _trip_of(job) as trip:
        assignment.set_crew(
            trip=trip, driver=driver, vehicle=vehicle, by=by, at=at, together=together
        )


def track(*, job: Job, by: Actor, sent: object, at: datetime) -> Taken:
    """Positions of a job: a list as the phone sent it. Of a trip that is over those are taken that
    are older than its end. Raises positions.BadBatch.
    """
    driver = by.driver_id or job.driver_id
    if driver is None:
        points = sent if isinstance(sent, list) else []
        return Taken(0, [RefusedPoint(index, "no_driver") for index in range(len(points))])
    return positions.take(
        job=job.pk,
        driver_id=driver,
        sent=sent,
        at=at,
        until=job.closed_at,
    )
