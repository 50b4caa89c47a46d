"""The carrier's side of a trip: opened and moved by its owner, read by whoever drives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from tenants.actor import Actor
from tenants.context import current
from tenants.drivers.models import Carrier
from tenants.exchange.models import Job
from tenants.exchange.refusals import NotFound, translated
from tenants.permissions import Kind


class JobCargo(TypedDict, total=False):
    """A line of cargo as the carrier sees it, in plain JSON."""

    name: str
    weight_kg: str | None
    volume_m3: str | None
    packages: int | None
    packing: str
    adr: str
    un_number: str


ENDED = frozenset({Job.Stage.PAPERS_IN, Job.Stage.CANCELLED})


def open_job(
    *,
    trip_id: UUID,
    order_ref: str,
    owner_name: str,
    carrier_id: UUID,
    rate: Decimal,
    currency: str,
    stops: Sequence[Mapping[str, object]],
    cargo: Sequence[JobCargo],
    at: datetime,
    carrier_tax: str = "",
    award_id: UUID | None = None,
    driver_id: UUID | None = None,
    vehicle_id: UUID | None = None,
) -> UUID:
    """Give the carrier its side of a trip. `stops` and `cargo` are plain JSON; neither names the
    client or its price.

    The carrier's reseller, if it is another one, hears "exchange.job_opened".
    """
    scope = current()
    with transaction.atomic():
        job = Job(
            id=uuid4(),
            reseller_id=scope.reseller_id,
            owner_role=scope.role,
            owner_name=owner_name,
            trip_id=trip_id,
            order_ref=order_ref,
            award_id=award_id,
            carrier_id=carrier_id,
            carrier_role=_role_of(carrier_id),
            driver_id=driver_id,
            vehicle_id=vehicle_id,
            rate=rate,
            currency=currency,
            carrier_tax=carrier_tax,
            stops=list(stops),
            cargo=list(cargo),
            created_at=at,
            moved_at=at,
        )
        job.save(force_insert=True)
        _tell(job.pk, "exchange.job_opened", at)
    return job.pk


def move_job(*, job_id: UUID, stage: str, at: datetime) -> None:
    """Follow the owner's trip to a stage ("cancelled" included). Raises NotFound for all but the
    owner.
    """
    with transaction.atomic():
        job = _held(job_id)
        job.stage = Job.Stage(stage)
        job.moved_at = at
        job.closed_at = at if job.stage in ENDED else None
        job.save(update_fields=["stage", "moved_at", "closed_at"])
        _tell(job_id, "exchange.job_moved", at)


def reassign(
    *,
    job_id: UUID,
    driver_id: UUID | None,
    vehicle_id: UUID | None,
    at: datetime,
) -> None:
    """The same carrier sends another driver or vehicle. Raises NotFound for all but the owner."""
    with transaction.atomic():
        job = _held(job_id)
        job.driver_id = driver_id
        job.vehicle_id = vehicle_id
        job.moved_at = at
        job.save(update_fields=["driver_id", "vehicle_id", "moved_at"])
        _tell(job_id, "exchange.job_moved", at)


def rewrite(
    *,
    job_id: UUID,
    stops: Sequence[Mapping[str, object]],
    cargo: Sequence[JobCargo],
    at: datetime,
) -> None:
    """The order was edited after assignment: the carrier sees the new stops and cargo."""
    with transaction.atomic():
        job = _held(job_id)
        job.stops = list(stops)
        job.cargo = list(cargo)
        job.moved_at = at
        job.save(update_fields=["stops", "cargo", "moved_at"])
        _tell(job_id, "exchange.job_moved", at)


def _held(job_id: UUID) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id, owner_role=current().role).first()
    if job is None:
        raise NotFound
    return job


def _role_of(carrier_id: UUID) -> str:
    role = Carrier.objects.filter(pk=carrier_id).values_list("home_role", flat=True).first()
    if role is None:
        raise NotFound
    return role


def _tell(job_id: UUID, topic: str, at: datetime) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT public.tell_carrier(%s, %s, %s)",
                [job_id, topic, at],
            )
    except DatabaseError as problem:
        raise translated(problem) from problem


def jobs_of(*, driver_id: UUID | None = None, carrier_id: UUID | None = None) -> QuerySet[Job]:
    """What a driver or a carrier has to drive, the newest first. Naming neither gives nothing."""
    rows = Job.objects.select_related("carrier").order_by("-created_at", "-id")
    if driver_id is None and carrier_id is None:
        return rows.none()
    rows = rows.filter(driver_id=driver_id) if driver_id else rows
    return rows.filter(carrier_id=carrier_id) if carrier_id else rows


def driven_by(role: str) -> QuerySet[Job]:
    """What a reseller's own carriers drive for others and for itself."""
    return (
        Job.objects.select_related("carrier")
        .filter(carrier_role=role)
        .order_by("-created_at", "-id")
    )


def job_for(actor: Actor, job_id: UUID) -> Job:
    """The loader that is the access check; row security has narrowed it to the scope's own. Raises
    NotFound.
    """
    job = Job.objects.select_related("carrier").filter(pk=job_id).first()
    if job is None or not _concerns(job, actor):
        raise NotFound
    return job


def _concerns(job: Job, actor: Actor) -> bool:
    """Whether the job is of this carrier or driver."""
    if actor.kind is Kind.DRIVER:
        return actor.driver_id is not None and job.driver_id == actor.driver_id
    if actor.kind is Kind.PARTNER:
        return (
            actor.company_id is not None
            and job.carrier.company_id == actor.company_id
            and job.carrier_role == current().role
        )
    return actor.kind is Kind.OFFICE and current().role in (
        job.owner_role,
        job.carrier_role,
    )
