"""API tokens: made against a password, or by a driver's device; stored hashed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tenants.accounts.models import ApiToken, Membership, User
from tenants.accounts.secrets import digest, fresh

LIFETIME = timedelta(days=90)


def issue_for_user(*, user: User, membership: Membership | None, at: datetime) -> str:
    """A token of this membership; it ends when the password changes. Returned once, kept as a hash."""
    token = fresh()
    ApiToken.objects.create(
        token_hash=digest(token),
        user=user,
        membership=membership,
        password_stamp=digest(user.password),
        created_at=at,
        expires_at=at + LIFETIME,
    )
    return token


def issue_for_driver(*, driver_id: UUID, device_id: UUID | None, at: datetime) -> str:
    """A driver's token; it ends when the device's key is destroyed."""
    token = fresh()
    ApiToken.objects.create(
        token_hash=digest(token),
        driver_id=driver_id,
        password_stamp=str(device_id or ""),
        created_at=at,
        expires_at=at + LIFETIME,
    )
    return token
