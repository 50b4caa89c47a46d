"""Whose a new row of the pool is: the reseller's whose scope is open, else nobody's (the platform's
pool).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.db import connection

from tenants.actor import Actor
from tenants.context import GATE, current, inside
from tenants.drivers.models.carrier import INDEPENDENT
from tenants.office import audit
from tenants.platform.models import Reseller


class OwnerColumns(TypedDict):
    """The columns of a row that say whose it is."""

    home_role: str
    home_reseller_id: UUID | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose rows of the pool are written: a reseller's, or nobody's."""

    role: str
    reseller_id: UUID | None

    @property
    def columns(self) -> OwnerColumns:
        return OwnerColumns(home_role=self.role, home_reseller_id=self.reseller_id)


def owner_in_force() -> Owner:
    """The reseller whose scope is open, else nobody."""
    scope = current()
    return Owner(scope.role, scope.reseller_id) if scope.reseller_id else Owner(INDEPENDENT, None)


def reseller_name(reseller_id: UUID) -> str:
    """Resellers' names stand in a table that only `gate` and `platform` read."""
    with inside(GATE):
        return str(Reseller.objects.get(pk=reseller_id).name)


def next_ref(kind: str, *, on: date) -> str:
    """DRV-260313-0003: numbered over the whole pool, its counter locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.next_pool_ref(%s, %s)", [kind, on])
        return str(cursor.fetchone()[0])


def write_audit(
    *,
    action: str,
    subject: str,
    title: str,
    by: Actor | None,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Write into the reseller's audit log; the platform's own pool has none."""
    if current().reseller_id:
        audit.record(
            action=action,
            subject=subject,
            title=title,
            by=by,
            at=at,
            before=before,
            after=after,
        )
