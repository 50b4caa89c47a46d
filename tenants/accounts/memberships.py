"""Memberships: a person's place in a reseller."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db.models import Exists, OuterRef

from tenants.accounts.models import Membership, User
from tenants.context import PLATFORM, Scope, current_reseller_id, inside
from tenants.office.models import Member
from tenants.permissions import Role
from tenants.platform.models import Reseller


def one_time_password() -> str:
    return secrets.token_urlsafe(9)


def add_member(
    *,
    user: User,
    reseller: Reseller,
    role: Role,
    company_id: UUID | None = None,
    login_name: str = "",
) -> Membership:
    """The public membership and its twin in the reseller's schema, in the caller's transaction.

    A login that another reseller made and whose e-mail nobody has proven gets a place that waits
    for the proof: whoever holds that login may not own the address (FAULTS D2).
    """
    is_local_elsewhere = user.proven_at is None and Membership.objects.filter(user=user).exists()
    membership = Membership.objects.create(
        user=user,
        reseller=reseller,
        role=role,
        company_id=company_id,
        login_name=login_name,
        awaits_proof=is_local_elsewhere,
    )
    with inside(_own_scope(reseller)):
        Member.objects.create(
            id=membership.pk,
            name=user.name,
            email=user.email,
            phone=user.phone,
            login_name=login_name,
            role=role,
            company_id=company_id,
        )
    return membership


def move_to_company(*, source: UUID, target: UUID) -> None:
    """The people of one company of the open reseller belong to another from now on. Who belongs to
    both keeps the one place.
    """
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        mine = Membership.objects.filter(reseller_id=reseller_id, company_id=source)
        same = Membership.objects.filter(
            reseller_id=reseller_id,
            company_id=target,
            user=OuterRef("user"),
            role=OuterRef("role"),
        )
        doubles = list(mine.filter(Exists(same)).values_list("pk", flat=True))
        mine.filter(pk__in=doubles).update(is_active=False)
        mine.exclude(pk__in=doubles).update(company_id=target)
    Member.objects.filter(pk__in=doubles).update(is_active=False)
    Member.objects.filter(company_id=source, is_active=True).update(company_id=target)


def _own_scope(reseller: Reseller) -> Scope:
    return Scope(
        role=reseller.schema_name,
        schema=reseller.schema_name,
        reseller_id=reseller.pk,
    )
