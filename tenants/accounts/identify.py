"""From a session, a bearer token or a driver's session to an Actor. Runs under `gate`, one query
each.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tenants.accounts import invitations
from tenants.accounts.models import (
    Membership,
    User,
)
from tenants.actor import Actor
from tenants.kit.doors import current_door
from tenants.permissions import KIND_OF, ROLES, Kind, Role, permissions_of
from tenants.platform.resellers import info_of


def member(membership: Membership) -> Actor | None:
    """The actor of a membership; None when it, its user or its reseller is switched off, or it
    waits for the proof of the e-mail.
    """
    user = membership.user
    reseller = membership.reseller
    is_open = membership.is_active and not membership.awaits_proof
    if not (is_open and user.is_active) or reseller.suspended_at:
        return None
    role = Role(membership.role)
    rights = permissions_of(role, membership.rights)
    if not reseller.cargo:
        rights = frozenset(right for right in rights if not right.startswith("cargo_"))
    return Actor(
        kind=KIND_OF[role],
        role=role,
        name=user.name,
        email=user.email,
        phone=user.phone,
        language=user.language,
        user_id=user.pk,
        member_id=membership.pk,
        reseller=info_of(reseller),
        company_id=membership.company_id,
        permissions=rights,
    )


def platform_manager(user: User) -> Actor:
    return Actor(
        kind=Kind.PLATFORM,
        role=Role.PLATFORM,
        name=user.name,
        email=user.email,
        phone=user.phone,
        language=user.language,
        user_id=user.pk,
        permissions=ROLES[Role.PLATFORM],
    )


def memberships_of(user: User) -> list[Membership]:
    """Active memberships in working resellers, the oldest first; behind the door of one reseller
    those in it alone.
    """
    mine = list(_standing(user.pk).select_related("reseller"))
    for membership in mine:
        membership.user = user
    return mine


def with_memberships(user_id: UUID | str) -> User | None:
    """The person of a session together with the memberships; None when there is none of these."""
    mine = tuple(_standing(user_id).select_related("reseller", "user"))
    if not mine:
        return None
    user: User = mine[0].user
    user.at_hand = mine
    for membership in mine:
        membership.user = user
    return user


def _standing(user_id: UUID | str) -> QuerySet[Membership]:
    memberships = Membership.objects.filter(
        user_id=user_id,
        is_active=True,
        awaits_proof=False,
        reseller__suspended_at=None,
    )
    door = current_door()
    here = memberships.filter(reseller_id=door.reseller_id) if door else memberships
    return here.order_by("created_at", "id")


def may_enter(user: User) -> bool:
    """Whether the door through which the request came is this person's, or is to be: its reseller
    has sent an invitation. The shared address is everybody's.
    """
    door = current_door()
    if door is None or memberships_of(user):
        return True
    return invitations.are_open_for(user, door.reseller_id, timezone.now())


def from_user(
    user: User,
    chosen: str | None,
) -> Actor | None:
    """The chosen membership, else the first one; a platform manager without any acts for the
    platform.
    """
    mine = user.at_hand if user.at_hand is not None else memberships_of(user)
    picked = next(
        (m for m in mine if str(m.pk) == chosen),
        mine[0] if mine else None,
    )
    if picked:
        return member(picked)
    is_manager = user.is_platform_manager and user.is_active and current_door() is None
    return platform_manager(user) if is_manager else None
