"""Inviting clients and partners: the company's row, the link, the letter under the reseller's
brand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from companies import editing, links, trail
from companies.alike import ask_about_alike
from companies.editing import Values
from companies.models import Company
from tenants.accounts import invitations, newcomers
from tenants.actor import Actor
from tenants.drivers import pool
from tenants.kit import mail
from tenants.kit.doubts import Answers
from tenants.office.models import Member
from tenants.permissions import Role
from tenants.platform.domains import own_url

ROLE = {
    Company.Kind.CLIENT: Role.CLIENT,
    Company.Kind.PARTNER: Role.PARTNER,
}


def first_role(company: Company) -> Role:
    """What the company's first person becomes; of one that is both, a client."""
    return Role.CLIENT if company.is_client else Role.PARTNER


class CannotInvite(Exception):
    """The person has access here already, or the company has nobody to write to; the message says
    it, `field` is where.
    """

    def __init__(self, words: str, field: str = "email") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Invited:
    """The company and the link, which is known now and never again."""

    company: Company
    link: str


def invite(
    *,
    kind: str,
    name: str,
    full_name: str,
    email: str,
    phone: str,
    language: str,
    by: Actor,
    at: datetime,
    login_name: str = "",
    may_sign: bool = True,
    sure: Answers = None,
) -> Invited:
    """Add a company and make its person a link, which is mailed where there is an e-mail. `full_name`
    is the person's; a partner also joins the pool. Raises AlikeCompanies until `sure` answers its
    question.
    """
    with transaction.atomic():
        refuse_newcomer(name=full_name, email=email, phone=phone, login_name=login_name)
        ask_about_alike({"name": name, "email": email, "phone": phone}, sure)
        values: Values = {
            "name": name,
            "contact_person": full_name,
            "email": email.strip().lower(),
            "phone": phone,
            "language": language,
            "country": by.reseller.country if by.reseller else "",
        }
        company = editing.create(
            kind=kind,
            values=values,
            by=by,
            at=at,
            status=Company.Status.INVITED,
        )
        enter_pool(company=company, by=by, at=at)
        return Invited(company, _send(company, by, at, login_name, may_sign=may_sign))


def enter(
    *,
    kind: str,
    values: Values,
    by: Actor | None,
    at: datetime,
    sure: Answers = None,
) -> Company:
    """A company the office enters by hand, invited later or never. Raises AlikeCompanies as
    `invite`.
    """
    with transaction.atomic():
        ask_about_alike(values, sure)
        company = editing.create(kind=kind, values=values, by=by, at=at)
        enter_pool(company=company, by=by, at=at)
    return company


def resend(*, company: Company, by: Actor, at: datetime) -> Invited:
    """A new link; the older ones end. Also invites a company that the office entered by hand."""
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if not row.email and not row.phone:
            raise CannotInvite(
                _("The company has neither phone nor e-mail yet. Enter one in the details.")
            )
        if row.status == Company.Status.ARCHIVED:
            raise CannotInvite(_("The company is archived. Bring it back first."))
        refuse_newcomer(
            name=row.contact_person,
            email=row.email,
            phone=str(row.phone),
            company=row,
        )
        invitations.revoke(
            company_id=row.pk,
            email=row.email,
            phone=str(row.phone),
            at=timezone.now(),
        )
        return Invited(row, _send(row, by, at))


def revoke(*, company: Company, by: Actor, at: datetime) -> int:
    """End the company's live links. Returns how many there were."""
    with transaction.atomic():
        ended = invitations.revoke(company_id=company.pk, at=timezone.now())
        if ended:
            trail.write(
                "company.invite_revoke",
                company,
                by,
                at,
            )
    return ended


def enter_pool(*, company: Company, by: Actor | None, at: datetime) -> None:
    """A partner is a carrier of the common pool; its reseller is the home one."""
    if company.is_partner and company.carrier_id is None:
        carrier = pool.register_carrier(
            name=company.name,
            country=company.country,
            company_id=company.pk,
            by=by,
            at=at,
        )
        company.carrier_id = carrier.pk
        company.save(update_fields=["carrier_id"])


def refuse_newcomer(
    *,
    name: str,
    email: str,
    phone: str,
    login_name: str = "",
    company: Company | None = None,
    role: Role | None = None,
) -> None:
    """Somebody of another company may be invited, one of the office or of just this company not.
    Raises CannotInvite.
    """
    place = Q()
    if company is not None:
        own_role = role or first_role(company)
        place = Q(company_id=company.pk, role=own_role)
    if email and _has_access(Q(email__iexact=email.strip()), place):
        raise CannotInvite(_("A person with this e-mail has access here already."))
    if phone and place and _has_access(Q(phone=phone, email=""), place):
        raise CannotInvite(_("Somebody signs in here with this phone already."), "phone")
    try:
        newcomers.check(email=email, phone=phone, login_name=login_name, name=name)
    except newcomers.Refused as refused:
        raise CannotInvite(str(refused), refused.field) from refused


def _has_access(person: Q, place: Q) -> bool:
    """Whether the person works in the office, or has just this place."""
    of_office = ~Q(role__in=ROLE.values())
    is_known = of_office | place if place else of_office
    return Member.objects.filter(person & is_known, is_active=True).exists()


def _send(
    company: Company,
    by: Actor,
    at: datetime,
    login_name: str = "",
    *,
    may_sign: bool = True,
) -> str:
    """To the company's first person, whom the office knows."""
    token = invitations.issue(
        role=first_role(company),
        company_id=company.pk,
        name=company.contact_person,
        email=company.email,
        phone=str(company.phone),
        login_name=login_name,
        language=company.language,
        at=timezone.now(),  # links live by the real clock
        may_sign=may_sign,
        invited_by=by.member_id,
    )
    link = own_url(links.invitation(token))
    mail.queue(letter(company, link, by, name=company.contact_person, email=company.email))
    trail.write(
        "company.invite",
        company,
        by,
        at,
        after={"email": company.email, "phone": str(company.phone)},
    )
    return link


def letter(company: Company, link: str, by: Actor, *, name: str, email: str) -> dict[str, str]:
    """In the language of the invited, with no other name than the reseller's."""
    reseller = by.reseller.name if by.reseller else ""
    context = {
        "company": company,
        "name": name,
        "link": link,
        "reseller": reseller,
        "days": invitations.LIFE.days,
    }
    with translation.override(company.language):
        return {
            "to": email,
            "subject": _("%(reseller)s invites you to its cabinet") % {"reseller": reseller},
            "text": render_to_string("companies/mail/invitation.txt", context, using="jinja2"),
            "html": render_to_string(
                "companies/mail/invitation.html",
                context,
                using="jinja2",
            ),
            "sender_name": reseller,
        }
