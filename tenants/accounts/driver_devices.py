"""The phones of a driver, to be seen and ended: by the driver under `gate`, by the office under
`platform`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from tenants.accounts.models import Device
from tenants.accounts.open_sessions import agent_of, device_of
from tenants.kit.limits import address_of


@dataclass(frozen=True, slots=True)
class Phone:
    """An enrolled phone as people read it."""

    id: UUID
    device: str
    address: str
    used_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a phone was enrolled from."""

    agent: str
    address: str


def origin_of(request: HttpRequest) -> Origin:
    return Origin(agent_of(request), address_of(request))


def phones_of(driver_id: UUID, *, current: str = "") -> list[Phone]:
    """Those whose key opens the app, the one in use first."""
    rows = Device.objects.filter(driver_id=driver_id, destroyed_at=None)
    phones = [
        Phone(
            id=row.pk,
            device=device_of(row.agent),
            address=row.address,
            used_at=row.used_at or row.enrolled_at,
            is_this=str(row.pk) == current,
        )
        for row in rows.order_by("-enrolled_at")
    ]
    return sorted(phones, key=lambda phone: not phone.is_this)


def end(*, device_id: UUID, driver_id: UUID, at: datetime) -> bool:
    """The key opens nothing any more; sessions fall at their next request, tokens with them. False
    when it is no open phone of this driver.
    """
    rows = Device.objects.filter(pk=device_id, driver_id=driver_id, destroyed_at=None)
    return bool(rows.update(destroyed_at=at))
