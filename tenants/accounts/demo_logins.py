"""Logins of the demo: their password is known to everybody, so they must not live outside it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tenants.accounts.models import DriverAccess, User
from tenants.context import PLATFORM, inside

ENDING = ".demo"
HOW_TO_REMOVE = (
    "this database holds logins of the demo, whose password everybody knows: "
    "run `manage.py demo --remove` first, or start with DEMO=1"
)


def are_open() -> bool:
    """Whether somebody could sign in with a password or PIN of the demo."""
    with inside(PLATFORM):
        people = User.objects.filter(email__endswith=ENDING, is_active=True)
        drivers = DriverAccess.objects.filter(any_device=True, blocked_at=None)
        return people.exists() or drivers.exists()


def refuse() -> None:
    """Raises ImproperlyConfigured where logins of the demo are open without the demo (FAULTS D8)."""
    if not settings.DEMO and are_open():
        raise ImproperlyConfigured(HOW_TO_REMOVE)
