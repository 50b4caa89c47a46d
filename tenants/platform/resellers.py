"""Resellers: making one, and the scope that opens its schema."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tenants.accounts.models import Membership, User
from tenants.accounts.permissions import Role
from tenants.context import GATE, PLATFORM, Scope, inside
from tenants.office.models import Member
from tenants.platform.models import Reseller
from tenants.platform.models.reseller import COUNTRIES
from tenants.platform.provisioning import claim, ready_spares


@dataclass(frozen=True, slots=True)
class Created:
    reseller: Reseller
    email: str
    password: str | None  # one-time; None when the head already had a login


class SlugTaken(Exception):
    """Another reseller has this short name."""


_scopes: dict[UUID, Scope] = {}


def scope_of(reseller_id: UUID) -> Scope:
    """The scope of a reseller's schema. A schema never changes hands, so the answer is kept in the
    process.
    """
    if reseller_id not in _scopes:
        with inside(GATE):
            schema = Reseller.objects.values_list("schema_name", flat=True).get(pk=reseller_id)
        _scopes[reseller_id] = Scope(role=schema, schema=schema, reseller_id=reseller_id)
    return _scopes[reseller_id]


def create(
    *,
    slug: str,
    name: str,
    email: str,
    country: str,
    cargo: bool,
    at: datetime,
    head: str = "",
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


def one_time_password() -> str:
    return secrets.token_urlsafe(9)


def _head_user(*, email: str, name: str, language: str, password: str) -> tuple[User, bool]:
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found, False
    user = User.objects.create_user(
        email,
        password,
        name=name,
        language=language,
        must_change_password=True,
    )
    return user, True


def add_member(
    *,
    user: User,
    reseller: Reseller,
    role: Role,
    company_id: UUID | None = None,
) -> Membership:
    """The public membership and its twin in the reseller's schema, in the caller's transaction."""
    membership = Membership.objects.create(
        user=user, reseller=reseller, role=role, company_id=company_id
    )
    with inside(_own_scope(reseller)):
        Member.objects.create(
            id=membership.pk,
            name=user.name,
            email=user.email,
            phone=user.phone,
            role=role,
            company_id=company_id,
        )
    return membership


def _own_scope(reseller: Reseller) -> Scope:
    return Scope(
        role=reseller.schema_name,
        schema=reseller.schema_name,
        reseller_id=reseller.pk,
    )


def spares_ready() -> int:
    with inside(PLATFORM):
        return ready_spares().count()
