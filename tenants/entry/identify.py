"""From a driver's session or a bearer token to an Actor. Runs under `gate`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tenants.accounts.identify import member, platform_manager
from tenants.accounts.models import ApiToken, Device, DriverAccess
from tenants.accounts.secrets import digest
from tenants.actor import Actor
from tenants.context import CARRIERS, inside
from tenants.drivers.models import Driver
from tenants.kit.doors import is_of_door
from tenants.permissions import Kind, Permission, Role


def from_driver(driver_id: UUID, *, device_id: str | None = None) -> Actor | None:
    """A driver on a device that still stands; None when blocked, archived or the key was destroyed."""
    access = DriverAccess.objects.filter(driver_id=driver_id, blocked_at=None).first()
    if access is None or not _device_stands(access, device_id):
        return None
    with inside(CARRIERS):
        driver = Driver.objects.filter(pk=driver_id, status="active").first()
    if driver is None or not is_of_door(driver.home_reseller_id):
        return None
    return Actor(
        kind=Kind.DRIVER,
        role=Role.DRIVER,
        name=driver.name,
        driver_id=driver.pk,
        carrier_id=driver.carrier_id,
        home_reseller_id=driver.home_reseller_id,
        permissions=frozenset({Permission.DRIVER_APP}),
    )


def from_device(key: str) -> Actor | None:
    """The driver of an enrolled phone whose key stands; for what its queue sends alone."""
    device = Device.objects.filter(key_hash=digest(key), destroyed_at=None).first()
    return from_driver(device.driver_id, device_id=str(device.pk)) if device else None


def _device_stands(access: DriverAccess, device_id: str | None) -> bool:
    if device_id is None:
        return access.any_device
    return access.device_set.filter(pk=device_id, destroyed_at=None).exists()


def from_token(token: str, at: datetime) -> Actor | None:
    """The owner of a bearer token; a password change ends the tokens made before it."""
    owner = (
        ApiToken.objects.filter(token_hash=digest(token), expires_at__gt=at)
        .select_related("user", "membership__user", "membership__reseller")
        .first()
    )
    if owner is None:
        return None
    if owner.driver_id:
        return from_driver(owner.driver_id, device_id=owner.password_stamp or None)
    user = owner.user
    if user is None or not user.is_active or owner.password_stamp != digest(user.password):
        return None
    place = owner.membership
    if not is_of_door(place.reseller_id if place else None):
        return None
    return member(place) if place else platform_manager(user)
