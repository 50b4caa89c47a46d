"""Entering the pool: carriers, drivers, vehicles. Each belongs to the reseller whose scope is open,
or to nobody.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tenants.actor import Actor
from tenants.drivers import home
from tenants.drivers.models import (
    Carrier,
    Driver,
    DriverPrivate,
    Vehicle,
)
from tenants.kit.edge import phones

__all__ = [
    "AlreadyRegistered",
    "own_fleet",
    "register_carrier",
    "register_driver",
    "register_vehicle",
]


class AlreadyRegistered(Exception):
    """A driver with this phone, or a vehicle with this plate, is among the own ones already."""

    def __init__(self, registered: Driver | Vehicle) -> None:
        super().__init__(registered.ref)
        self.registered = registered


def register_carrier(
    *,
    name: str,
    at: datetime,
    kind: str = Carrier.Kind.COMPANY,
    country: str = "",
    company_id: UUID | None = None,
    by: Actor | None = None,
) -> Carrier:
    """A partner company (`company_id` in the home reseller's schema) or an independent carrier
    joins the pool.
    """
    with transaction.atomic():
        carrier = Carrier(
            kind=Carrier.Kind(kind),
            name=name.strip(),
            country=country,
            company_id=company_id,
            registered_at=at,
            **home.owner_in_force().columns,
        )
        carrier.save(force_insert=True)
        home.write_audit(
            action="carrier.register",
            subject=f"carrier:{carrier.pk}",
            title=carrier.name,
            by=by,
            at=at,
        )
    return carrier


def hand_carrier_over(*, carrier_id: UUID, company_id: UUID) -> None:
    """The carrier stands for another company of its reseller from now on: two were merged."""
    place = home.owner_in_force()
    mine = Carrier.objects.filter(home_role=place.role)
    mine.filter(pk=carrier_id).update(company_id=company_id)


def own_fleet(*, at: datetime) -> Carrier:
    """The carrier that stands for the reseller's own drivers and vehicles; made when first asked
    for.
    """
    place = home.owner_in_force()
    assert place.reseller_id is not None, "only a reseller has a fleet"
    fleet = Carrier.objects.filter(home_role=place.role, kind=Carrier.Kind.FLEET).first()
    if fleet:
        return fleet
    carrier, _new = Carrier.objects.get_or_create(
        home_role=place.role,
        kind=Carrier.Kind.FLEET,
        defaults={
            "name": home.reseller_name(place.reseller_id),
            "home_reseller_id": place.reseller_id,
            "registered_at": at,
        },
    )
    return carrier


def register_driver(
    *,
    name: str,
    on: date,
    at: datetime,
    phone: str = "",
    inn: str = "",
    licence: str = "",
    company: str = "",
    adr: bool = False,
    responsible: str = "",
    carrier: Carrier | None = None,
    country: str = "KG",
    ref: str = "",
    by: Actor | None = None,
) -> Driver:
    """A driver joins the pool, in the carrier named, else in the own fleet, else as a carrier
    alone.

    `on` is the day of registration; `ref` is kept when it comes with an import. Raises BadPhone,
    AlreadyRegistered.
    """
    number = phones.normal(phone, country=country)
    with transaction.atomic():
        _refuse_known(number)
        driver = Driver(
            ref=ref or home.next_ref("DRV", on=on),
            name=name.strip(),
            phone_tail=phones.tail(number),
            company=company,
            carrier=carrier or _own_carrier(name.strip(), country, at),
            adr=adr,
            responsible=responsible,
            registered_on=on,
            **home.owner_in_force().columns,
        )
        driver.save(force_insert=True)
        DriverPrivate(
            driver=driver,
            home_role=driver.home_role,
            phone=number,
            inn=inn.strip(),
            licence=licence.strip().upper(),
        ).save(force_insert=True)
        home.write_audit(
            action="driver.register",
            subject=f"driver:{driver.pk}",
            title=f"{driver.ref} {driver.name}",
            by=by,
            at=at,
        )
    return driver


def _own_carrier(name: str, country: str, at: datetime) -> Carrier:
    if home.owner_in_force().reseller_id:
        return own_fleet(at=at)
    return register_carrier(name=name, kind=Carrier.Kind.DRIVER, country=country, at=at)


def _refuse_known(phone: str) -> None:
    """Row security shows the own drivers' phones alone, so a stranger's phone is no obstacle and no
    news.
    """
    if not phone:
        return
    own = DriverPrivate.objects.filter(phone=phone, home_role=home.owner_in_force().role).exclude(
        driver__status="archived"
    )
    private = own.select_related("driver").first()
    if private:
        raise AlreadyRegistered(private.driver)


def register_vehicle(
    *,
    plate: str,
    body: str,
    on: date,
    at: datetime,
    capacity_kg: Decimal | None = None,
    volume_m3: Decimal | None = None,
    adr: bool = False,
    model: str = "",
    carrier: Carrier | None = None,
    country: str = "KG",
    ref: str = "",
    by: Actor | None = None,
) -> Vehicle:
    """A truck joins the pool, in the carrier named, else in the own fleet, else as a carrier alone."""
    number = plain_plate(plate)
    with transaction.atomic():
        place = home.owner_in_force()
        registered = Vehicle.objects.filter(
            home_role=place.role, plate=number, status="active"
        ).first()
        if registered and place.reseller_id:
            raise AlreadyRegistered(registered)
        vehicle = Vehicle(
            ref=ref or home.next_ref("VEH", on=on),
            plate=number,
            model=model,
            body=body,
            capacity_kg=capacity_kg,
            volume_m3=volume_m3,
            adr=adr,
            carrier=carrier or _own_carrier(number, country, at),
            registered_on=on,
            **place.columns,
        )
        vehicle.save(force_insert=True)
        home.write_audit(
            action="vehicle.register",
            subject=f"vehicle:{vehicle.pk}",
            title=f"{vehicle.ref} {number}",
            by=by,
            at=at,
        )
    return vehicle


def plain_plate(plate: str) -> str:
    """Upper case with single spaces, as plates are written."""
    return " ".join(plate.upper().split())
