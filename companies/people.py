"""People of a company: who they are, what they may do, by what right they sign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from companies import trail
from companies.models import Company
from companies.models.requisites import Basis
from tenants.accounts.models import ApiToken, Membership
from tenants.actor import Actor
from tenants.context import PLATFORM, inside
from tenants.office.models import Member
from tenants.permissions import (
    IMPLIED,
    PEOPLE_OF,
    RIGHTS_OF,
    SIGNING_OF,
    Kind,
    Permission,
    Role,
    permissions_of,
)

ROLES = (Role.CLIENT, Role.PARTNER)


class CannotChange(Exception):
    """The person may not be changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """By what right somebody signs for the company."""

    post: str
    acts_under: str  # a Basis
    number: str = ""
    on: date | None = None


def people_of(company: Company) -> QuerySet[Member]:
    """Who comes in for the company, those who left too, at the end."""
    members = Member.objects.filter(company_id=company.pk, role__in=ROLES)
    return members.order_by("-is_active", "name", "id")


def rights_of(member: Member) -> list[Permission]:
    """What the person may do beyond seeing."""
    role = Role(member.role)
    held = permissions_of(role, member.rights)
    return [right for right in RIGHTS_OF[role] if right in held]


def may_give(actor: Actor, role: Role) -> list[Permission]:
    """The rights that this person may give or take: the office all, a colleague the own ones."""
    if actor.kind is Kind.OFFICE:
        return list(RIGHTS_OF[role])
    return [right for right in RIGHTS_OF[role] if actor.can(right)]


def whole(rights: Collection[str]) -> list[str]:
    """With the rights that others need: nobody agrees to a price without seeing it."""
    implied = {str(IMPLIED[right]) for right in IMPLIED if right in rights}
    return sorted({*map(str, rights), *implied})


def kept_rights(
    *, by: Actor, role: Role, before: Collection[str], requested: Collection[str]
) -> list[str]:
    """What somebody has after `by` asked so: rights that `by` does not have stay as they are."""
    own = {str(right) for right in may_give(by, role)}
    left_alone = {*map(str, before)} - own
    changed = {*map(str, requested)} & own
    return whole(left_alone | changed)


def set_rights(
    *, company: Company, member_id: UUID, rights: Collection[str], by: Actor, at: datetime
) -> Member:
    """Give and take rights. Raises CannotChange for the last person who may invite, and
    Member.DoesNotExist.
    """
    with transaction.atomic():
        member = _locked(company, member_id)
        before = [str(right) for right in rights_of(member)]
        after = kept_rights(by=by, role=Role(member.role), before=before, requested=rights)
        leader = PEOPLE_OF[Role(member.role)]
        if leader in before and leader not in after:
            _refuse_the_last(company, member)
        if after == sorted(before):
            return member
        member.rights = after
        member.save(update_fields=["rights"])
        with inside(PLATFORM):
            Membership.objects.filter(pk=member.pk).update(rights=after)
        if SIGNING_OF[Role(member.role)] not in after:
            _take_signature(member)
        trail.write(
            "person.rights",
            company,
            by,
            at,
            title=member.name,
            before={"rights": before},
            after={"rights": after},
        )
    return member


def end(*, company: Company, member_id: UUID, by: Actor, at: datetime) -> None:
    """The person comes in no more; tokens end at once. Raises as `set_rights`."""
    with transaction.atomic():
        member = _locked(company, member_id)
        if PEOPLE_OF[Role(member.role)] in rights_of(member):
            _refuse_the_last(company, member)
        member.is_active = False
        member.save(update_fields=["is_active"])
        _take_signature(member)
        with inside(PLATFORM):
            Membership.objects.filter(pk=member.pk).update(is_active=False)
            ApiToken.objects.filter(membership_id=member.pk).delete()
        trail.write("person.end", company, by, at, title=member.name)


def confirm(
    *, company: Company, member_id: UUID, authority: Authority, by: Actor, at: datetime
) -> Member:
    """The office confirms by what right the person signs. Raises CannotChange without a number and a
    day of a power of attorney, and Member.DoesNotExist.
    """
    if authority.acts_under == Basis.ATTORNEY and not (authority.number and authority.on):
        raise CannotChange(_("Enter number and date of the power of attorney."))
    with transaction.atomic():
        member = _locked(company, member_id)
        assert by.member_id is not None
        grant(member, authority, by=by.member_id, at=at)
        right = str(SIGNING_OF[Role(member.role)])
        if member.rights is not None and right not in member.rights:
            member.rights = sorted([*member.rights, right])
            member.save(update_fields=["rights"])
            with inside(PLATFORM):
                Membership.objects.filter(pk=member.pk).update(rights=member.rights)
        after = {"post": member.post, "acts_under": member.acts_under}
        trail.write("person.may_sign", company, by, at, title=member.name, after=after)
    return member


def grant(member: Member, authority: Authority, *, by: UUID, at: datetime) -> None:
    """Write the authority into the person's row."""
    member.post = authority.post
    member.acts_under = authority.acts_under
    member.basis_number = authority.number
    member.basis_on = authority.on
    member.may_sign_at = at
    member.may_sign_by = by
    member.save(update_fields=SIGNATURE)


def may_sign(actor: Actor) -> bool:
    """Whether this person signs for the own company: the right, confirmed by the office."""
    return authority_of(actor) is not None


def authority_of(actor: Actor) -> Authority | None:
    """By what right; None when the person may not sign."""
    role = Role(actor.role)
    if role not in SIGNING_OF or not actor.can(SIGNING_OF[role]):
        return None
    signers = Member.objects.filter(pk=actor.member_id, is_active=True, may_sign_at__isnull=False)
    member = signers.first()
    if member is None:
        return None
    return Authority(member.post, member.acts_under, member.basis_number, member.basis_on)


SIGNATURE = ["post", "acts_under", "basis_number", "basis_on", "may_sign_at", "may_sign_by"]


def _take_signature(member: Member) -> None:
    member.may_sign_at = None
    member.may_sign_by = None
    member.save(update_fields=["may_sign_at", "may_sign_by"])


def _locked(company: Company, member_id: UUID) -> Member:
    """The person, with everybody of the company locked: two leaders do not take each other away."""
    everybody = people_of(company).filter(is_active=True)
    rows = everybody.select_for_update()
    rows = rows.order_by("id")
    members = {member.pk: member for member in rows}
    if member_id not in members:
        raise Member.DoesNotExist
    return members[member_id]


def _refuse_the_last(company: Company, member: Member) -> None:
    """Somebody of the company must be left who may invite. Raises CannotChange."""
    others = people_of(company).filter(is_active=True, role=member.role).exclude(pk=member.pk)
    leader = PEOPLE_OF[Role(member.role)]
    if not any(leader in rights_of(other) for other in others):
        raise CannotChange(
            _("%(name)s is the last one who may invite people. Give this right to another first.")
            % {"name": member.name}
        )
