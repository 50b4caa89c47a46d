"""Changing what stands in the pool. Only the home reseller's rows can be written; others' do not
exist here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from tenants.actor import Actor
from tenants.drivers import home
from tenants.drivers.models import (
    Carrier,
    Driver,
    DriverPrivate,
    Vehicle,
)
from tenants.drivers.pool import plain_plate
from tenants.kit.edge import phones
from tenants.kit.form_changes import without_same

DRIVER_FIELDS = frozenset(
    {
        "name",
        "company",
        "adr",
        "responsible",
        "status",
        "has_access",
        "carrier_id",
    }
)
PRIVATE_FIELDS = frozenset({"phone", "inn", "licence"})
VEHICLE_FIELDS = frozenset(
    {
        "plate",
        "model",
        "body",
        "capacity_kg",
        "volume_m3",
        "adr",
        "status",
        "carrier_id",
    }
)


class DriverDetails(TypedDict, total=False):
    """What an office writes about its driver."""

    name: str
    phone: str
    inn: str
    licence: str
    company: str
    adr: bool
    responsible: str


class DriverChanges(DriverDetails, total=False):
    status: str
    carrier_id: UUID
    has_access: bool


class VehicleDetails(TypedDict, total=False):
    """What an office writes about its vehicle."""

    plate: str
    model: str
    body: str
    capacity_kg: Decimal | None
    volume_m3: Decimal | None
    adr: bool


class VehicleChanges(VehicleDetails, total=False):
    status: str
    carrier_id: UUID


class NotOurs(Exception):
    """There is no such driver, vehicle or carrier among the own ones."""


def edit_driver(
    *,
    driver_id: UUID,
    by: Actor | None,
    at: datetime,
    **values: Unpack[DriverChanges],
) -> Driver:
    """Set some of DRIVER_FIELDS and PRIVATE_FIELDS. Raises NotOurs, BadPhone."""
    _only(values, DRIVER_FIELDS | PRIVATE_FIELDS)
    with transaction.atomic():
        driver = _held(Driver, driver_id)
        private = DriverPrivate.objects.select_for_update().get(pk=driver_id)
        open_part = {key: value for key, value in values.items() if key in DRIVER_FIELDS}
        secret = {
            key: _written(key, str(value)) for key, value in values.items() if key in PRIVATE_FIELDS
        }
        if "phone" in secret:
            open_part["phone_tail"] = phones.tail(secret["phone"])
        open_part = without_same(open_part, driver)
        secret = without_same(secret, private)
        if not open_part and not secret:
            return driver
        before = _put(driver, open_part)
        _put(private, secret)
        home.write_audit(
            action="driver.edit",
            subject=f"driver:{driver.pk}",
            title=f"{driver.ref} {driver.name}",
            by=by,
            at=at,
            before=before,
            after=open_part,
        )
    return driver


def _written(field: str, value: str) -> str:
    if field == "phone":
        return phones.normal(value)
    return value.strip().upper() if field == "licence" else value.strip()


def edit_vehicle(
    *,
    vehicle_id: UUID,
    by: Actor | None,
    at: datetime,
    **values: Unpack[VehicleChanges],
) -> Vehicle:
    """Set some of VEHICLE_FIELDS. Raises NotOurs."""
    _only(values, VEHICLE_FIELDS)
    if "plate" in values:
        values["plate"] = plain_plate(values["plate"])
    with transaction.atomic():
        vehicle = _held(Vehicle, vehicle_id)
        changes = without_same(values, vehicle)
        if not changes:
            return vehicle
        before = _put(vehicle, changes)
        home.write_audit(
            action="vehicle.edit",
            subject=f"vehicle:{vehicle.pk}",
            title=f"{vehicle.ref} {vehicle.plate}",
            by=by,
            at=at,
            before=before,
            after=changes,
        )
    return vehicle


def _only(
    values: Mapping[str, object],
    allowed: frozenset[str],
) -> None:
    if unknown := values.keys() - allowed:
        raise TypeError(f"cannot be set: {', '.join(sorted(unknown))}")


Row = TypeVar("Row", Carrier, Driver, Vehicle)


def _held(model: type[Row], pk: UUID) -> Row:
    row = (
        model._default_manager.select_for_update(of=("self",))
        .filter(pk=pk, home_role=home.owner_in_force().role)
        .first()
    )
    if row is None:
        raise NotOurs
    return row


def _put(row: Model, values: Mapping[str, object]) -> dict[str, object]:
    """Set and save; returns what stood there before."""
    before = {key: getattr(row, key) for key in values}
    for key, value in values.items():
        setattr(row, key, value)
    if values:
        row.save(update_fields=list(values))
    return before
