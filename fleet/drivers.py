"""The own drivers: added, edited, archived, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies.editing import local_day
from fleet import access
from fleet.queries import open_job
from tenants.actor import Actor
from tenants.drivers import editing, home, pool
from tenants.drivers.editing import DriverDetails
from tenants.drivers.models import Carrier, Driver, DriverPrivate
from tenants.drivers.pool import AlreadyRegistered
from tenants.kit.edge import phones

FIELDS = (
    "name",
    "phone",
    "inn",
    "licence",
    "company",
    "adr",
    "responsible",
)


class CannotArchive(Exception):
    """The driver or vehicle is on a trip; the text names it."""


def add(
    *,
    values: Mapping[str, object],
    by: Actor,
    at: datetime,
    carrier: Carrier | None = None,
) -> Driver:
    """A driver of the carrier named, else of the own fleet. Raises AlreadyRegistered when one of
    this reseller's has the phone.
    """
    country = by.reseller.country if by.reseller else ""
    with transaction.atomic():
        hold_fleet(at)
        return pool.register_driver(
            **_only(values),
            on=local_day(by, at),
            country=country,
            carrier=carrier,
            at=at,
            by=by,
        )


def edit(
    *,
    driver_id: UUID,
    values: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> Driver:
    """Set these of FIELDS. A new phone ends the access to the app, which goes by the phone. Raises
    AlreadyRegistered, NotOurs.
    """
    changes = _only(values)
    with transaction.atomic():
        hold_fleet(at)
        before = DriverPrivate.objects.filter(pk=driver_id).values_list("phone", flat=True).first()
        if "phone" in changes:
            changes["phone"] = phones.normal(changes["phone"])
            _refuse_taken(changes["phone"], driver_id)
        driver = editing.edit_driver(driver_id=driver_id, by=by, at=at, **changes)
        if changes.get("phone", before) != before:
            access.block(
                driver_id=driver_id,
                by=by,
                at=at,
                reason=_("The phone was changed."),
            )
    return driver


def archive(*, driver_id: UUID, by: Actor, at: datetime) -> None:
    """Out of the lists to choose from, and out of the app. Raises CannotArchive on a trip, NotOurs."""
    with transaction.atomic():
        if job := open_job(driver_id=driver_id):
            raise CannotArchive(_("The driver is on the trip of %(ref)s.") % {"ref": job.order_ref})
        editing.edit_driver(
            driver_id=driver_id,
            by=by,
            at=at,
            status=Driver.Status.ARCHIVED,
        )
        access.block(
            driver_id=driver_id,
            by=by,
            at=at,
            reason=_("The driver was archived."),
        )


def restore(*, driver_id: UUID, by: Actor, at: datetime) -> None:
    """Back into the lists; access to the app is given anew. Raises AlreadyRegistered, NotOurs."""
    with transaction.atomic():
        hold_fleet(at)
        phone = DriverPrivate.objects.filter(pk=driver_id).values_list("phone", flat=True).first()
        _refuse_taken(phone or "", driver_id)
        editing.edit_driver(
            driver_id=driver_id,
            by=by,
            at=at,
            status=Driver.Status.ACTIVE,
        )


def hold_fleet(at: datetime) -> None:
    """Lock the fleet's row: of two entries with one phone or plate, the second then sees the first."""
    Carrier.objects.select_for_update().get(pk=pool.own_fleet(at=at).pk)


def _only(values: Mapping[str, object]) -> DriverDetails:
    """The details among a form's values."""
    details = {name: value for name, value in values.items() if name in FIELDS}
    return cast("DriverDetails", details)


def _refuse_taken(phone: str, driver_id: UUID) -> None:
    """Row security shows the own drivers' phones alone."""
    own = DriverPrivate.objects.filter(phone=phone, home_role=home.owner_in_force().role).exclude(
        pk=driver_id
    )
    taken = (
        own.exclude(driver__status=Driver.Status.ARCHIVED).select_related("driver").first()
        if phone
        else None
    )
    if taken:
        raise AlreadyRegistered(taken.driver)
