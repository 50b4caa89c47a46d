"""The own vehicles: added, edited, archived, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies.editing import local_day
from fleet.drivers import CannotArchive, hold_fleet
from fleet.queries import open_job
from tenants.actor import Actor
from tenants.drivers import editing, home, pool
from tenants.drivers.editing import VehicleDetails
from tenants.drivers.models import Carrier, Vehicle
from tenants.drivers.pool import AlreadyRegistered, plain_plate

FIELDS = ("plate", "model", "body", "capacity_kg", "volume_m3", "adr")


def add(
    *,
    values: Mapping[str, object],
    by: Actor,
    at: datetime,
    carrier: Carrier | None = None,
) -> Vehicle:
    """A vehicle of the carrier named, else of the own fleet. Raises AlreadyRegistered when one of
    this reseller's has the plate.
    """
    with transaction.atomic():
        hold_fleet(at)
        return pool.register_vehicle(
            **_only(values), on=local_day(by, at), carrier=carrier, at=at, by=by
        )


def edit(
    *,
    vehicle_id: UUID,
    values: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> Vehicle:
    """Set these of FIELDS. Raises AlreadyRegistered, NotOurs."""
    changes = _only(values)
    with transaction.atomic():
        hold_fleet(at)
        if "plate" in changes:
            _refuse_taken(changes["plate"], vehicle_id)
        return editing.edit_vehicle(vehicle_id=vehicle_id, by=by, at=at, **changes)


def archive(*, vehicle_id: UUID, by: Actor, at: datetime) -> None:
    """Out of the lists to choose from. Raises CannotArchive on a trip, NotOurs."""
    with transaction.atomic():
        if job := open_job(vehicle_id=vehicle_id):
            raise CannotArchive(
                _("The vehicle is on the trip of %(ref)s.") % {"ref": job.order_ref}
            )
        editing.edit_vehicle(
            vehicle_id=vehicle_id,
            by=by,
            at=at,
            status=Vehicle.Status.ARCHIVED,
        )


def restore(*, vehicle_id: UUID, by: Actor, at: datetime) -> None:
    """Raises AlreadyRegistered when its plate is on another own vehicle by now, NotOurs."""
    with transaction.atomic():
        hold_fleet(at)
        plate = Vehicle.objects.filter(pk=vehicle_id).values_list("plate", flat=True).first()
        _refuse_taken(plate or "", vehicle_id)
        editing.edit_vehicle(
            vehicle_id=vehicle_id,
            by=by,
            at=at,
            status=Vehicle.Status.ACTIVE,
        )


def _only(values: Mapping[str, object]) -> VehicleDetails:
    """The details among a form's values."""
    details = {name: value for name, value in values.items() if name in FIELDS}
    return cast("VehicleDetails", details)


def _refuse_taken(plate: str, vehicle_id: UUID) -> None:
    own = Vehicle.objects.filter(
        home_role=home.owner_in_force().role,
        plate=plain_plate(plate),
        status=Vehicle.Status.ACTIVE,
    )
    taken = own.exclude(pk=vehicle_id).first()
    if taken:
        raise AlreadyRegistered(taken)
