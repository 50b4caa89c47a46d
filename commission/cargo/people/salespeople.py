"""Acts on salespeople: add, change, tie to a login."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commission.cargo.codes import unique_code
from commission.cargo.models import Salesperson
from tenants.actor import Actor
from tenants.office import audit


class LoginTaken(Exception):
    """The login belongs to another salesperson."""


def add(
    *,
    code: str,
    name: str,
    phone: str,
    email: str,
    by: Actor,
    at: datetime,
) -> Salesperson:
    """Add a salesperson. Raises CodeTaken."""
    salesperson = Salesperson(
        code=code,
        name=name,
        phone=phone,
        email=email,
        created_at=at,
    )
    with transaction.atomic():
        with unique_code():
            salesperson.save(force_insert=True)
        audit.record(
            action="cargo.salesperson_add",
            subject=salesperson.subject,
            title=code,
            by=by,
            at=at,
            after=_snapshot(salesperson),
        )
    return salesperson


def change(
    *,
    salesperson: Salesperson,
    name: str,
    phone: str,
    email: str,
    is_active: bool,
    by: Actor,
    at: datetime,
) -> Salesperson:
    """Change everything but the code, which stands on shipments."""
    with transaction.atomic():
        row = Salesperson.objects.select_for_update().get(pk=salesperson.pk)
        before = _snapshot(row)
        row.name = name
        row.phone = phone
        row.email = email
        row.is_active = is_active
        row.save(update_fields=["name", "phone", "email", "is_active"])
        audit.record(
            action="cargo.salesperson_change",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before=before,
            after=_snapshot(row),
        )
    return row


def tie_login(
    *,
    salesperson: Salesperson,
    member: UUID | None,
    by: Actor,
    at: datetime,
) -> None:
    """Tie the SALE login that sees this code's shipments; None unties. Raises LoginTaken."""
    with transaction.atomic():
        row = Salesperson.objects.select_for_update().get(pk=salesperson.pk)
        before = row.member
        row.member = member
        try:
            with transaction.atomic():
                row.save(update_fields=["member"])
        except IntegrityError as taken:
            raise LoginTaken from taken
        audit.record(
            action="cargo.salesperson_login",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before={"login": before},
            after={"login": member},
        )


def _snapshot(row: Salesperson) -> dict[str, object]:
    """A salesperson for the audit trail."""
    return {
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "is_active": row.is_active,
    }
