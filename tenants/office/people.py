"""The office's people by name."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from tenants.office.models import Member


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these members, gone ones too."""
    return dict(Member.objects.filter(pk__in=ids).values_list("id", "name")) if ids else {}
