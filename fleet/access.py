"""Access of the own drivers to the driver's app: given, given anew, ended. Accounts stand in
`public` under `platform`, so every act first holds the driver among the own ones and only then
opens that scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.accounts import driver_devices, driver_login
from tenants.accounts.driver_devices import Phone
from tenants.accounts.models import DriverAccess
from tenants.actor import Actor
from tenants.context import PLATFORM, inside
from tenants.drivers import home, queries
from tenants.drivers.editing import NotOurs
from tenants.drivers.models import Driver
from tenants.office import audit


class CannotIssue(Exception):
    """No access can be given; the text says why."""


class Kind(StrEnum):
    NONE = "none"
    WAITING = "waiting"  # a code is out, no phone has been enrolled with it yet
    ENDED = "ended"  # the code ran out, or five wrong PINs destroyed the phone's key
    OPEN = "open"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class State:
    """How a driver stands with the app. `code_until` is the end of a code that nobody has used."""

    kind: Kind = Kind.NONE
    devices: int = 0
    code_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The secrets, shown once: only their hashes are kept."""

    driver: Driver
    phone: str
    pin: str
    code: str
    code_until: datetime


def issue(*, driver_id: UUID, by: Actor, at: datetime) -> Issued:
    """Give a PIN and an enrolment code, anew if there were some: older phones and codes end, a
    block is lifted.

    Raises NotOurs, CannotIssue.
    """
    with transaction.atomic():
        driver = _held(driver_id)
        phone = _phone_of(driver)
        moment = timezone.now()  # secrets live by the real clock
        pin, code = _pin_and_code(driver, phone, moment)
        _flag(driver, has_access=True)
        audit.record(
            action="driver.access_issue",
            subject=f"driver:{driver.pk}",
            title=_title(driver),
            by=by,
            at=at,
        )
    return Issued(driver, phone, pin, code, moment + driver_login.CODE_LIFETIME)


def block(*, driver_id: UUID, by: Actor, at: datetime, reason: str = "") -> bool:
    """End the access: sessions and tokens fall at their next request. False when there was none.
    Raises NotOurs.
    """
    with transaction.atomic():
        driver = _held(driver_id)
        with inside(PLATFORM):
            ended = DriverAccess.objects.filter(driver_id=driver.pk, blocked_at=None).update(
                blocked_at=at
            )
        _flag(driver, has_access=False)
        if ended:
            audit.record(
                action="driver.access_block",
                subject=f"driver:{driver.pk}",
                title=_title(driver),
                by=by,
                at=at,
                reason=reason,
            )
    return bool(ended)


def phones_of(driver: Driver) -> list[Phone]:
    """The enrolled phones of an own driver; of others nothing is told."""
    if not queries.is_own(driver):
        return []
    with inside(PLATFORM):
        return driver_devices.phones_of(driver.pk)


def end_phone(*, driver_id: UUID, device_id: UUID, by: Actor, at: datetime) -> bool:
    """One phone is signed out, the others stay. False when it is no open one. Raises NotOurs."""
    with transaction.atomic():
        driver = _held(driver_id)
        with inside(PLATFORM):
            is_ended = driver_devices.end(
                device_id=device_id,
                driver_id=driver.pk,
                at=timezone.now(),
            )
        if is_ended:
            audit.record(
                action="driver.phone_end",
                subject=f"driver:{driver.pk}",
                title=_title(driver),
                by=by,
                at=at,
            )
    return is_ended


def states(drivers: Iterable[Driver]) -> dict[UUID, State]:
    """Of the own ones among these drivers, in one query; of others nothing is told."""
    own = [driver.pk for driver in drivers if queries.is_own(driver)]
    live = Q(
        enrolcode__used_at=None,
        enrolcode__expires_at__gt=timezone.now(),
        enrolcode__tries__lt=driver_login.MOST_WRONG_CODES,
    )
    with inside(PLATFORM):
        rows = DriverAccess.objects.filter(driver_id__in=own).annotate(
            devices=Count(
                "device",
                filter=Q(device__destroyed_at=None),
                distinct=True,
            ),
            code_until=Max("enrolcode__expires_at", filter=live),
        )
        states_by_driver = {row.driver_id: _state(row, row.devices, row.code_until) for row in rows}
    return {pk: states_by_driver.get(pk, State()) for pk in own}


def _state(row: DriverAccess, devices: int, code_until: datetime | None) -> State:
    if row.blocked_at:
        return State(Kind.BLOCKED)
    if devices or row.any_device:
        return State(Kind.OPEN, devices, code_until)
    return State(Kind.WAITING if code_until else Kind.ENDED, 0, code_until)


def _held(driver_id: UUID) -> Driver:
    """The own driver, locked: two issues at once go one after the other."""
    own = Driver.objects.select_for_update(of=("self",)).filter(
        pk=driver_id, home_role=home.owner_in_force().role
    )
    driver = own.first()
    if driver is None:
        raise NotOurs
    return driver


def _phone_of(driver: Driver) -> str:
    if driver.status != Driver.Status.ACTIVE:
        raise CannotIssue(_("Bring the driver back from the archive to give access."))
    private = queries.private(driver.pk)
    if private is None or not private.phone:
        raise CannotIssue(_("Enter the phone first: the driver signs in with it."))
    return private.phone


def _pin_and_code(driver: Driver, phone: str, at: datetime) -> tuple[str, str]:
    taken = CannotIssue(
        _(
            "Another driver opens the app with this phone number. Enter another number or ask the platform for help."
        )
    )
    try:
        with transaction.atomic():
            return driver_login.give_access(driver_id=driver.pk, phone=phone, at=at)
    except driver_login.PhoneTaken:
        raise taken from None
    except IntegrityError as problem:  # somebody else has just taken it
        if "driver_access_phone" not in str(problem):
            raise
        raise taken from None


def _flag(driver: Driver, *, has_access: bool) -> None:
    if driver.has_access != has_access:
        driver.has_access = has_access
        driver.save(update_fields=["has_access"])


def _title(driver: Driver) -> str:
    return f"{driver.ref} {driver.name}"
