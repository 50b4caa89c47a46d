"""Whole addresses for letters, API answers and codes to scan."""

from __future__ import annotations

from django.conf import settings

from tenants.kit.doors import current_door


def public_url(path: str) -> str:
    """The address of a path for people outside. It stands on PUBLIC_URL: a request may name any host
    (FAULTS D1). Who came by a proven domain of a reseller stays there.
    """
    door = current_door()
    return f"{door.site}{path}" if door else shared_url(path)


def shared_url(path: str) -> str:
    """The address of a path at the installation itself, whatever host was asked."""
    return f"{settings.PUBLIC_URL}{path}"
