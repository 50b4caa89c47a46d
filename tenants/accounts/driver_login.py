"""A driver's way in: a phone is enrolled once by a code, then opens with the PIN.

Wrong PINs make the phone wait longer and longer; the fifteenth destroys its key.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from tenants.accounts.models import Device, DriverAccess, EnrolCode
from tenants.accounts.secrets import digest, fresh, short_code
from tenants.context import PLATFORM, inside
from tenants.kit.edge import phones

MOST_WRONG_CODES = 1000  # of a robot: from one network there are five in five minutes
MOST_WRONG_PINS = 15
# After so many wrong PINs the phone waits so long (FAULTS D7).
WAITS = {
    5: timedelta(minutes=1),
    6: timedelta(minutes=5),
    7: timedelta(minutes=15),
}
LONGEST_WAIT = timedelta(hours=1)
CODE_LIFETIME = timedelta(hours=24)


class Refused(Exception):
    """Wrong phone, PIN, code or device; which one is not said."""


class MustWait(Exception):
    """Too many wrong PINs on this phone: the next is looked at from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class PhoneTaken(Exception):
    """Another driver opens the app with this phone number."""


def enrol(
    *,
    phone: str,
    code: str,
    at: datetime,
    agent: str = "",
    address: str = "",
) -> str:
    """Trade a one-time code for a device key. Raises Refused."""
    with transaction.atomic():
        access = DriverAccess.objects.filter(phone=number_of(phone), blocked_at=None).first()
        live = EnrolCode.objects.filter(
            driver=access,
            used_at=None,
            expires_at__gt=at,
            tries__lt=MOST_WRONG_CODES,
        )
        enrol_code = live.select_for_update().order_by("-expires_at").first() if access else None
        key = fresh()
        good = enrol_code is not None and enrol_code.code_hash == digest(code)
        if enrol_code is not None and access is not None:
            if good:
                EnrolCode.objects.filter(pk=enrol_code.pk).update(used_at=at)
                Device.objects.create(
                    driver=access,
                    key_hash=digest(key),
                    enrolled_at=at,
                    agent=agent,
                    address=address,
                )
            else:
                EnrolCode.objects.filter(pk=enrol_code.pk).update(tries=F("tries") + 1)
    if not good:
        raise Refused
    return key


def open_app(*, phone: str, pin: str, device: str, at: datetime) -> tuple[UUID, UUID | None]:
    """Check phone, PIN and device key. Returns driver and device ids. Raises Refused, MustWait."""
    access = (
        DriverAccess.objects.filter(phone=number_of(phone), blocked_at=None)
        .exclude(pin_hash="")
        .first()
    )
    if access is None:
        make_password(pin)  # the same time as a real check
        raise Refused
    held = (
        Device.objects.filter(driver=access, key_hash=digest(device), destroyed_at=None).first()
        if device
        else None
    )
    if held is None and not access.any_device:
        make_password(pin)
        raise Refused  # without an enrolled device the PIN is not even looked at
    if held and held.next_try_at and held.next_try_at > at:
        raise MustWait(held.next_try_at)
    if not check_password(pin, access.pin_hash):
        _count_wrong(held, at)
        raise Refused
    if held:
        Device.objects.filter(pk=held.pk).update(wrong_pins=0, next_try_at=None, used_at=at)
    return access.driver_id, held.pk if held else None


def _count_wrong(held: Device | None, at: datetime) -> None:
    if held is None:
        return
    with transaction.atomic():
        device = Device.objects.select_for_update().get(pk=held.pk)
        device.wrong_pins += 1
        if device.wrong_pins >= MOST_WRONG_PINS:
            device.destroyed_at = at
        elif device.wrong_pins >= min(WAITS):
            device.next_try_at = at + WAITS.get(device.wrong_pins, LONGEST_WAIT)
        device.save(update_fields=["wrong_pins", "destroyed_at", "next_try_at"])


def device_cookie() -> str:
    """The name of the cookie that carries an enrolled phone's key."""
    return ("__Host-" if settings.SECURE else "") + "device"


def plain(phone: str) -> str:
    number = phone.partition(phones.EXTENSION)[0]
    digits = "".join(ch for ch in number if ch.isdigit())
    return f"+{digits}"


def number_of(phone: str) -> str:
    """The number that opens the app of what a driver typed, at home as 0555 000 001.

    Nobody is signed in yet, so the country is any of those where drivers are: the one in which the
    number is known, else the first.
    """
    numbers = [plain(one) for one in phones.readings(phone)] or [plain(phone)]
    open_ones = DriverAccess.objects.filter(phone__in=numbers, blocked_at=None)
    phones_of_drivers = set(open_ones.values_list("phone", flat=True))
    return next((number for number in numbers if number in phones_of_drivers), numbers[0])


def give_access(
    *,
    driver_id: UUID,
    phone: str,
    at: datetime,
    any_device: bool = False,
    pin: str | None = None,
) -> tuple[str, str]:
    """(Re)issue a PIN and an enrolment code; older devices and codes end. Returns (pin, code),
    shown once.

    The caller has made sure that the driver is its own. Raises PhoneTaken.
    """
    pin = pin or short_code()
    code = short_code(8)
    with inside(PLATFORM), transaction.atomic():
        if (
            DriverAccess.objects.filter(phone=plain(phone), blocked_at=None)
            .exclude(driver_id=driver_id)
            .exists()
        ):
            raise PhoneTaken
        access, _new = DriverAccess.objects.update_or_create(
            driver_id=driver_id,
            defaults={
                "phone": plain(phone),
                "pin_hash": make_password(pin),
                "any_device": any_device,
                "blocked_at": None,
            },
        )
        Device.objects.filter(driver=access, destroyed_at=None).update(destroyed_at=at)
        EnrolCode.objects.filter(driver=access, used_at=None).update(used_at=at)
        EnrolCode.objects.create(
            driver=access,
            code_hash=digest(code),
            expires_at=at + CODE_LIFETIME,
        )
    return pin, code
