"""A partner keeps its own drivers and vehicles; the rows belong to its reseller's part of the pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from companies.standing import check_standing
from fleet import drivers, queries, vehicles
from tenants.actor import Actor
from tenants.drivers.models import Driver, Vehicle
from tenants.drivers.pool import AlreadyRegistered

Values = Mapping[str, object]


class TakenHere(Exception):
    """The phone or plate stands with this reseller already, and not with this partner: whose it is
    is not the partner's business.
    """

    def __init__(self) -> None:
        super().__init__(_("This is registered with us already. Please write to us."))


@contextmanager
def _hiding_others(carrier_id: UUID | None) -> Iterator[None]:
    """What another carrier has registered is not told apart: only the own row is named."""
    try:
        yield
    except AlreadyRegistered as problem:
        if problem.registered.carrier_id == carrier_id:
            raise
        raise TakenHere from problem


def add_driver(*, values: Values, by: Actor, at: datetime) -> Driver:
    """Raises AlreadyRegistered for an own one, TakenHere."""
    check_standing(by)
    carrier = queries.carrier_for(by)
    with _hiding_others(carrier.pk):
        return drivers.add(values=values, by=by, at=at, carrier=carrier)


def edit_driver(*, driver: Driver, values: Values, by: Actor, at: datetime) -> Driver:
    """Raises as `add_driver`."""
    check_standing(by)
    with _hiding_others(driver.carrier_id):
        return drivers.edit(driver_id=driver.pk, values=values, by=by, at=at)


def add_vehicle(*, values: Values, by: Actor, at: datetime) -> Vehicle:
    """Raises as `add_driver`."""
    check_standing(by)
    carrier = queries.carrier_for(by)
    with _hiding_others(carrier.pk):
        return vehicles.add(values=values, by=by, at=at, carrier=carrier)


def edit_vehicle(*, vehicle: Vehicle, values: Values, by: Actor, at: datetime) -> Vehicle:
    """Raises as `add_driver`."""
    check_standing(by)
    with _hiding_others(vehicle.carrier_id):
        return vehicles.edit(vehicle_id=vehicle.pk, values=values, by=by, at=at)


def archive(*, row: Driver | Vehicle, by: Actor, at: datetime) -> None:
    """Raises CannotArchive on a trip."""
    check_standing(by)
    if isinstance(row, Driver):
        drivers.archive(driver_id=row.pk, by=by, at=at)
    else:
        vehicles.archive(vehicle_id=row.pk, by=by, at=at)


def restore(*, row: Driver | Vehicle, by: Actor, at: datetime) -> None:
    """Raises as `add_driver`."""
    check_standing(by)
    with _hiding_others(row.carrier_id):
        if isinstance(row, Driver):
            drivers.restore(driver_id=row.pk, by=by, at=at)
        else:
            vehicles.restore(vehicle_id=row.pk, by=by, at=at)
