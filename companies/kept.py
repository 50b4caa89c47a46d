"""Codes for signing that nobody used."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from companies.models import SigningCode
from tenants.platform.retention import of_rows


def _unused(before: datetime) -> QuerySet[SigningCode]:
    """A code that was used is part of a signature, and stays."""
    return SigningCode.objects.filter(used_at=None, expires_at__lt=before)


RULES = (
    of_rows(
        "codes for signing, unused",
        timedelta(days=30),
        "after their end a month for questions",
        None,
        _unused,
    ),
)
