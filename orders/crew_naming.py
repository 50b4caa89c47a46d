"""Driver and vehicle named by their words: those whom the carrier does not have yet are added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fleet import drivers, vehicles
from orders import assignment, driving
from orders.errors import BadValue
from orders.models import Trip
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers.models import Carrier, Driver, DriverPrivate, Vehicle
from tenants.drivers.pool import AlreadyRegistered, plain_plate
from tenants.exchange.models import Job


@dataclass(frozen=True, slots=True)
class CrewWords:
    """Name, phone, plate and body of the vehicle, as they were checked by a person."""

    name: str
    phone: str
    plate: str
    body: str


def may_name(carrier_id: UUID | None) -> bool:
    """Whether this reseller keeps the drivers and vehicles of the carrier."""
    return Carrier.objects.filter(pk=carrier_id, home_role=current().role).exists()


@transaction.atomic
def name_for_trip(
    *, trip: Trip, words: CrewWords, by: Actor, at: datetime, together: bool = False
) -> Trip:
    """The office names them for the carrier of its trip. Raises BadValue, Overlap."""
    driver, vehicle = _crew(trip.carrier_id, words, by=by, at=at)
    return assignment.set_crew(
        trip=trip, driver=driver, vehicle=vehicle, by=by, at=at, together=together
    )


@transaction.atomic
def name_for_job(
    *, job: Job, words: CrewWords, by: Actor, at: datetime, together: bool = False
) -> None:
    """A carrier names its own people for its trip. Raises as `name_for_trip`."""
    driver, vehicle = _crew(job.carrier_id, words, by=by, at=at)
    driving.crew(job=job, driver=driver, vehicle=vehicle, by=by, at=at, together=together)


def _crew(
    carrier_id: UUID | None, words: CrewWords, *, by: Actor, at: datetime
) -> tuple[Driver, Vehicle]:
    carrier = Carrier.objects.filter(pk=carrier_id, home_role=current().role).first()
    if carrier is None:
        raise BadValue("name", _("This carrier names its people itself."))
    return _driver(carrier, words, by, at), _vehicle(carrier, words, by, at)


def _driver(carrier: Carrier, words: CrewWords, by: Actor, at: datetime) -> Driver:
    """The carrier's driver with this phone, or with this very name where no phone is known."""
    own = Driver.objects.filter(carrier=carrier, status=Driver.Status.ACTIVE)
    by_phone = DriverPrivate.objects.filter(phone=words.phone).values("driver_id")
    same = own.filter(pk__in=by_phone) if words.phone else own.filter(name__iexact=words.name)
    driver = same.first()
    if driver is not None:
        return driver
    try:
        return drivers.add(
            values={"name": words.name, "phone": words.phone}, by=by, at=at, carrier=carrier
        )
    except AlreadyRegistered as problem:
        raise BadValue("phone", _taken(problem, by)) from problem


def _vehicle(carrier: Carrier, words: CrewWords, by: Actor, at: datetime) -> Vehicle:
    """The vehicle that the line names."""
    plate = plain_plate(words.plate)
    own = Vehicle.objects.filter(carrier=carrier, status=Vehicle.Status.ACTIVE)
    vehicle = own.filter(plate=plate).first()
    if vehicle is not None:
        return vehicle
    try:
        return vehicles.add(
            values={"plate": plate, "body": words.body}, by=by, at=at, carrier=carrier
        )
    except AlreadyRegistered as problem:
        raise BadValue("plate", _taken(problem, by)) from problem


def _taken(problem: AlreadyRegistered, by: Actor) -> str:
    """A partner does not read whose driver or vehicle it is."""
    if by.company_id is not None:
        return _("This is registered with us already. Please write to us.")
    row = problem.registered
    return _("%(ref)s has this already: %(name)s.") % {"ref": row.ref, "name": row}
