"""Who forgot the password and has no e-mail asks the office for a new link.

A stranger's call does one thing, whether the login is anybody's or not; the worker looks it up
(SECURITY T24). People of the office stand in the platform's panel, everybody else in the office.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from tenants.accounts import access_links, identify, letters, login_names
from tenants.accounts.invitations import CABINETS
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import PLATFORM, inside
from tenants.kit.outbox import Payload, announce, handles
from tenants.office import audit
from tenants.office.hearing import News, tell
from tenants.office.models import Member
from tenants.permissions import KIND_OF, Kind, Permission, Role
from tenants.platform.resellers import info_of

CARGO = frozenset({Role.CARGO_MANAGER, Role.CARGO_STAFF, Role.CARGO_SALE})


def ask(login: str) -> None:
    """Leave the request to the worker, whoever is meant."""
    with inside(PLATFORM):
        announce("login.link_asked", {"login": login})


@handles("login.link_asked")
def on_asked(payload: Payload, at: datetime) -> None:
    """Everybody whom the login may mean: of a phone that two people have each office knows its own."""
    for user in login_names.people(payload["login"]):
        if not user.is_active:
            continue
        if access_links.belongs_to_one(user):
            for membership in identify.memberships_of(user):
                _note(membership, at)
        else:
            letters.send_new_password(user)


def _note(membership: Membership, at: datetime) -> None:
    role = Role(membership.role)
    if KIND_OF[role] is Kind.OFFICE:
        Membership.objects.filter(pk=membership.pk).update(link_asked_at=at)
        return
    with inside(info_of(membership.reseller).scope):
        member = Member.objects.filter(pk=membership.pk, is_active=True, link_asked_at=None)
        if member.update(link_asked_at=at):
            _tell(membership.user.name, role, at)


def _tell(name: str, role: Role, at: datetime) -> None:
    event = "user.link_asked" if role in CARGO else "person.link_asked"
    tell(News(event, {"person": name}, url=reverse("link-requests")), by=None, at=at)


def roles_for(actor: Actor) -> frozenset[Role]:
    """Whose requests this person may answer."""
    cabinets = frozenset(CABINETS) if actor.can(Permission.COMPANY_INVITE) else frozenset()
    cargo = CARGO if actor.can(Permission.CARGO_USERS) else frozenset()
    return cabinets | cargo


def waiting(actor: Actor) -> QuerySet[Member]:
    """The requests that this person may answer, the oldest first."""
    members = Member.objects.filter(role__in=roles_for(actor), is_active=True)
    return members.filter(link_asked_at__isnull=False).order_by("link_asked_at", "id")


def dismiss(*, member_id: UUID, by: Actor, at: datetime) -> bool:
    """The person needs no link. False when nobody asked."""
    if not waiting(by).filter(pk=member_id).update(link_asked_at=None):
        return False
    member = Member.objects.get(pk=member_id)
    audit.record(
        action="member.link_dismiss",
        subject=f"member:{member_id}",
        title=member.name,
        by=by,
        at=at,
    )
    return True
