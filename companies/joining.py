"""Taking an invitation: one transaction makes the login, the membership and the reseller's own
rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from companies import links, trail
from companies.models import Company
from companies.models.requisites import Basis
from companies.people import Authority, grant
from tenants.accounts import identify, invitations
from tenants.accounts.invitations import Taken
from tenants.accounts.models import User
from tenants.actor import Actor
from tenants.context import inside
from tenants.office.hearing import News, tell
from tenants.office.models import Member


@dataclass(frozen=True, slots=True)
class Joined:
    """Who came in; `user` is for the login alone."""

    user: User
    actor: Actor
    is_new: bool


def join(
    token: str,
    *,
    name: str,
    password: str,
    signed_in: User | None,
    at: datetime,
) -> Joined:
    """Raises what `invitations.take` raises; then nothing is written and the link still works."""
    with transaction.atomic():
        taken = invitations.take(
            token,
            name=name,
            password=password,
            signed_in=signed_in,
            at=timezone.now(),
        )
        actor = identify.member(taken.membership)
        if actor is None:
            raise invitations.StaleInvitation
        with inside(taken.invitation.reseller.scope):
            _welcome(actor, taken, at)
    return Joined(taken.user, actor, taken.is_new)


def _welcome(actor: Actor, taken: Taken, at: datetime) -> None:
    company = Company.objects.select_for_update().filter(pk=actor.company_id).first()
    if company is None or company.status == Company.Status.ARCHIVED:
        raise invitations.StaleInvitation
    Member.objects.update_or_create(
        id=actor.member_id,
        defaults={
            "name": actor.name,
            "email": actor.email,
            "role": actor.role,
            "company_id": company.pk,
            "phone": taken.user.phone or str(company.phone),
            "login_name": taken.membership.login_name,
            "is_active": True,
            "rights": taken.membership.rights,
        },
    )
    if taken.invitation.may_sign and taken.invitation.invited_by:
        basis = Authority(company.director_post, company.acts_under or Basis.CHARTER)
        member = Member.objects.get(pk=actor.member_id)
        grant(member, basis, by=taken.invitation.invited_by, at=at)
    before = company.status
    company.status = Company.Status.ACTIVE
    company.save(update_fields=["status"])
    trail.write(
        "company.join",
        company,
        actor,
        at,
        before={"status": before},
        after={"status": company.status},
    )
    inviter = taken.invitation.invited_by or company.created_by
    _tell_inviter(company, actor, inviter, at)


def _tell_inviter(
    company: Company,
    actor: Actor,
    inviter: UUID | None,
    at: datetime,
) -> None:
    news = News(
        "company.joined",
        {"company": company.name, "person": actor.name},
        url=links.company(company.pk),
        person=inviter,
    )
    tell(news, by=actor, at=at)
