"""Making a reseller with its head's login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tenants.accounts.memberships import add_member, one_time_password
from tenants.accounts.models import User
from tenants.context import PLATFORM, inside
from tenants.permissions import Role
from tenants.platform.models import Reseller
from tenants.platform.models.reseller import COUNTRIES
from tenants.platform.provisioning import claim


@dataclass(frozen=True, slots=True)
class Created:
    reseller: Reseller
    email: str
    password: str | None  # one-time; None when the head already had a login


class SlugTaken(Exception):
    """Another reseller has this short name."""


def create(
    *,
    slug: str,
    name: str,
    email: str,
    country: str,
    cargo: bool,
    at: datetime,
    head: str = "",
    cargo_first: bool = False,
) -> Created:
    """A reseller with its head's login: one claim of a spare schema, no DDL. Raises NoSpare,
    SlugTaken.

    The head gets a one-time password that the first login replaces.
    """
    currency, language, zone = COUNTRIES[country]
    password = one_time_password()
    with inside(PLATFORM), transaction.atomic():
        if Reseller.objects.filter(slug__iexact=slug).exists():
            raise SlugTaken
        identity = uuid4()
        reseller = Reseller(
            id=identity,
            slug=slug,
            name=name,
            country=country,
            currency=currency,
            cargo=cargo,
            cargo_first=cargo and cargo_first,
            language=language,
            time_zone=zone,
            schema_name=f"new-{identity}"[:63],
        )
        reseller.save(force_insert=True)
        reseller.schema_name = claim(reseller_id=reseller.pk, at=at)
        reseller.save(update_fields=["schema_name"])
        user, is_new = _head_user(
            email=email,
            name=head or name,
            language=language,
            password=password,
        )
        add_member(user=user, reseller=reseller, role=Role.HEAD)
    return Created(reseller, email, password if is_new else None)


def _head_user(*, email: str, name: str, language: str, password: str) -> tuple[User, bool]:
    existing = User.objects.filter(email__iexact=email).first()
    if existing:
        return existing, False
    user = User.objects.create_user(
        email,
        password,
        name=name,
        language=language,
        must_change_password=True,
    )
    return user, True
