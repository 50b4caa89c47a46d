"""Whole addresses for letters, API answers and codes to scan."""

from __future__ import annotations

from django.conf import settings


def public_url(path: str) -> str:
    """The address of a path for people outside. It stands on PUBLIC_URL: a request may name any host
    (FAULTS D1).
    """
    return f"{settings.PUBLIC_URL}{path}"
