"""ADMIN's acts on the module's users: invite, block, let in again, reset the password. Only
MANAGER, STAFF and SALE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.accounts import access_links, login_names, new_links, newcomers
from tenants.accounts.letters import send_new_place
from tenants.accounts.memberships import add_member
from tenants.accounts.models import ApiToken, Membership, User
from tenants.accounts.new_links import NotOurs
from tenants.actor import Actor, ResellerInfo
from tenants.context import GATE, PLATFORM, inside
from tenants.office import audit
from tenants.office.models import Member
from tenants.permissions import Role
from tenants.platform.models import Reseller

CARGO_ROLES = (Role.CARGO_MANAGER, Role.CARGO_STAFF, Role.CARGO_SALE)


class AlreadyMember(Exception):
    """The person has a login of this shop."""


@dataclass(frozen=True, slots=True)
class Invited:
    """`link` opens the login once, for 24 hours, and is shown to the ADMIN alone; None when the person
    has a login elsewhere, who is told by mail.
    """

    member: UUID
    link: str | None


def invite(
    *,
    name: str,
    role: Role,
    by: Actor,
    at: datetime,
    email: str = "",
    phone: str = "",
    login_name: str = "",
) -> Invited:
    """A login that a one-time link opens; without e-mail it has a login name. Raises AlreadyMember,
    and Refused for a phone or name that somebody has.
    """
    reseller = _reseller(by)
    with transaction.atomic():
        newcomers.check(email=email, phone=phone, login_name=login_name)
        with inside(PLATFORM):
            user = _known_by(email)
            has_login = user is not None
            if user and (
                user.is_platform_manager
                or Membership.objects.filter(user=user, reseller_id=reseller.id).exists()
            ):
                raise AlreadyMember
            user = user or User.objects.create_user(
                email,
                name=name,
                language=reseller.language,
                phone=phone,
            )
            membership = add_member(
                user=user,
                reseller=Reseller.objects.get(pk=reseller.id),
                role=role,
                login_name=login_name or ("" if email else _free_name(name, reseller)),
            )
        audit.record(
            action="cargo.user_invite",
            subject=f"member:{membership.pk}",
            title=email or phone,
            by=by,
            at=at,
            after={"role": role},
        )
    if has_login:
        send_new_place(user, reseller=reseller.name)
        return Invited(membership.pk, None)
    return Invited(membership.pk, access_links.make(user, is_by_mail=False))


def _known_by(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first() if email else None


def _free_name(name: str, reseller: ResellerInfo) -> str:
    with inside(GATE):
        return login_names.free_name(name, reseller.id)


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
            title=str(row.user),
            by=by,
            at=at,
        )


def reset(*, member: UUID, by: Actor, at: datetime) -> str:
    """A one-time link, with which the person sets a new password; sessions and tokens of the old one
    end at once. Raises NotOurs.
    """
    return new_links.make(
        member_id=member,
        roles=CARGO_ROLES,
        by=by,
        at=at,
        action="cargo.user_reset",
    )


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
