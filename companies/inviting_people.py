"""Inviting one more person into a company: by the office, or by a colleague who may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from companies import links, people, trail
from companies.invites import CannotInvite, letter, refuse_newcomer
from companies.models import Company
from companies.standing import check_standing
from tenants.accounts import invitations
from tenants.actor import Actor
from tenants.kit import mail
from tenants.permissions import RIGHTS_OF, Kind, Role
from tenants.platform.domains import own_url


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be invited: the person, the role, the rights that are asked for; None is all of
    them.
    """

    role: Role
    name: str
    email: str
    phone: str
    login_name: str
    language: str
    rights: Collection[str] | None
    may_sign: bool = False


def invite(*, company: Company, newcomer: Newcomer, by: Actor, at: datetime) -> str:
    """The link, known now and never again; mailed where there is an e-mail. Rights that `by` does
    not have are not given; that a person may sign the office alone says. Raises CannotInvite.
    """
    check_standing(by)
    is_office = by.kind is Kind.OFFICE
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        refuse_newcomer(
            name=newcomer.name,
            email=newcomer.email,
            phone=newcomer.phone,
            login_name=newcomer.login_name,
            company=company,
            role=newcomer.role,
        )
        invitations.revoke(
            company_id=company.pk,
            email=newcomer.email,
            phone=newcomer.phone,
            at=timezone.now(),
        )
        rights = _rights_for(newcomer, by)
        token = invitations.issue(
            role=newcomer.role,
            company_id=company.pk,
            name=newcomer.name,
            email=newcomer.email,
            phone=newcomer.phone,
            login_name=newcomer.login_name,
            language=newcomer.language,
            at=timezone.now(),  # links live by the real clock
            rights=rights,
            may_sign=newcomer.may_sign and is_office,
            invited_by=by.member_id,
        )
        link = own_url(links.invitation(token))
        mail.queue(letter(company, link, by, name=newcomer.name, email=newcomer.email))
        trail.write(
            "person.invite",
            company,
            by,
            at,
            title=newcomer.name,
            after={"rights": rights},
        )
    return link


def _rights_for(newcomer: Newcomer, by: Actor) -> list[str] | None:
    """What the newcomer gets of what is asked for: nobody gives a right that they do not have."""
    requested = newcomer.rights
    if requested is None and by.kind is Kind.OFFICE:
        return None
    if requested is None:
        requested = RIGHTS_OF[newcomer.role]
    return people.kept_rights(
        by=by,
        role=newcomer.role,
        before=(),
        requested=requested,
    )


def again(*, company: Company, invitation_id: UUID, by: Actor, at: datetime) -> str:
    """A new link for somebody who is invited already; the older one ends. Raises CannotInvite."""
    waiting = invitations.open_links(company_id=company.pk, at=timezone.now())
    row = next((one for one in waiting if one.pk == invitation_id), None)
    if row is None:
        raise CannotInvite("")
    newcomer = Newcomer(
        role=Role(row.role),
        name=row.name,
        email=row.email,
        phone=row.phone,
        login_name=row.login_name,
        language=row.language,
        rights=row.rights,
        may_sign=row.may_sign,
    )
    return invite(company=company, newcomer=newcomer, by=by, at=at)


def revoke(*, company: Company, invitation_id: UUID, by: Actor, at: datetime) -> bool:
    """End one link. False when it does not work any more."""
    with transaction.atomic():
        waiting = invitations.open_links(company_id=company.pk, at=timezone.now())
        names = {row.pk: row.name for row in waiting}
        ended = invitations.revoke(
            company_id=company.pk,
            only=invitation_id,
            at=timezone.now(),
        )
        if ended:
            name = names.get(invitation_id, "")
            trail.write("person.invite_revoke", company, by, at, title=name)
    return bool(ended)
