"""The proof that an e-mail belongs to its login: a code went there, and its owner typed it in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tenants.accounts.models import User
from tenants.context import GATE, inside


def prove(*, user_id: UUID | None, email: str, at: datetime) -> None:
    """The person proved this address, if it still is the login's. Runs in the caller's transaction."""
    with inside(GATE):
        login = User.objects.filter(pk=user_id, email=email)
        unproven = login.filter(proven_at=None)
        unproven.update(proven_at=at)
