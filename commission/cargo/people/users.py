"""ADMIN's acts on the module's users: invite, block, let in again, reset the password. Only
MANAGER, STAFF and SALE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.accounts.memberships import add_member, one_time_password
from tenants.accounts.models import ApiToken, Membership, User
from tenants.actor import Actor, ResellerInfo
from tenants.context import PLATFORM, inside
from tenants.office import audit
from tenants.office.models import Member
from tenants.permissions import Role
from tenants.platform.models import Reseller

CARGO_ROLES = (Role.CARGO_MANAGER, Role.CARGO_STAFF, Role.CARGO_SALE)


class AlreadyMember(Exception):
    """The person has a login of this shop."""


class NotOurs(Exception):
    """The login is no cargo login of this shop, or belongs to others too: its password is not ours
    to reset.
    """


@dataclass(frozen=True, slots=True)
class Invited:
    """`password` is shown once; None when the person has a login elsewhere and keeps its password."""

    member: UUID
    password: str | None


def invite(*, name: str, email: str, role: Role, by: Actor, at: datetime) -> Invited:
    """A login with a one-time password that the first sign-in replaces. Raises AlreadyMember."""
    reseller = _reseller(by)
    password = one_time_password()
    with transaction.atomic():
        with inside(PLATFORM):
            user = User.objects.filter(email__iexact=email).first()
            has_login = user is not None
            if user and (
                user.is_platform_manager
                or Membership.objects.filter(user=user, reseller_id=reseller.id).exists()
            ):
                raise AlreadyMember
            user = user or User.objects.create_user(
                email,
                password,
                name=name,
                language=reseller.language,
                must_change_password=True,
            )
            membership = add_member(
                user=user,
                reseller=Reseller.objects.get(pk=reseller.id),
                role=role,
            )
        audit.record(
            action="cargo.user_invite",
            subject=f"member:{membership.pk}",
            title=email,
            by=by,
            at=at,
            after={"role": role},
        )
    return Invited(membership.pk, None if has_login else password)


def set_active(*, member: UUID, is_active: bool, by: Actor, at: datetime) -> None:
    """Block a login, or let it in again. Raises NotOurs."""
    with transaction.atomic():
        with inside(PLATFORM):
            row = _own(member, _reseller(by))
            Membership.objects.filter(pk=row.pk).update(is_active=is_active)
            ApiToken.objects.filter(membership=row).delete()
        Member.objects.filter(pk=member).update(is_active=is_active)
        action = "cargo.user_unblock" if is_active else "cargo.user_block"
        audit.record(
            action=action,
            subject=f"member:{member}",
            title=row.user.email,
            by=by,
            at=at,
        )


def reset(*, member: UUID, by: Actor, at: datetime) -> str:
    """A new one-time password, returned once; sessions and tokens of the old one end. Raises
    NotOurs.
    """
    password = one_time_password()
    with transaction.atomic():
        with inside(PLATFORM):
            row = _own(member, _reseller(by))
            user = User.objects.select_for_update().get(pk=row.user_id)
            if (
                user.is_platform_manager
                or Membership.objects.filter(user=user).exclude(pk=row.pk).exists()
            ):
                raise NotOurs
            user.set_password(password)
            user.must_change_password = True
            user.save(update_fields=["password", "must_change_password"])
            ApiToken.objects.filter(user=user).delete()
        audit.record(
            action="cargo.user_reset",
            subject=f"member:{member}",
            title=user.email,
            by=by,
            at=at,
        )
    return password


def cargo_members() -> list[Member]:
    return list(Member.objects.filter(role__in=CARGO_ROLES).order_by("role", "name"))


def _own(member: UUID, reseller: ResellerInfo) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    membership = rows.filter(pk=member, reseller_id=reseller.id, role__in=CARGO_ROLES).first()
    if membership is None:
        raise NotOurs
    return membership


def _reseller(by: Actor) -> ResellerInfo:
    if by.reseller is None:
        raise NotOurs
    return by.reseller
