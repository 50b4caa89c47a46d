"""Inviting one more person of a company, sending the link again, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies import inviting_people, people
from companies.forms.people import PersonForm
from companies.invites import CannotInvite, first_role
from companies.inviting_people import Newcomer
from companies.models import Company
from companies.views.people import Corner, corner_of
from tenants.accounts import invitations
from tenants.accounts.invitations import LIFE
from tenants.kit import clock, shown_once
from tenants.kit.asked_again import asks_again
from tenants.kit.limits import allowed
from tenants.kit.sharing import HandOver, hand_over
from tenants.kit.web import OfficeRequest, go, page, posted
from tenants.permissions import Role

MOST_A_DAY = 30  # invitations of one company
DAY = 86_400


@dataclass(frozen=True, slots=True)
class NewPersonPage:
    """`side` is as what the person comes in, where the company is client and partner."""

    corner: Corner
    form: PersonForm
    side: str = ""


@dataclass(frozen=True, slots=True)
class InvitedPersonPage:
    corner: Corner
    handed: HandOver
    name: str
    is_mailed: bool
    days: int


@require_http_methods(["GET", "POST"])
@asks_again
def person_new(request: OfficeRequest, company_id: UUID | None = None) -> HttpResponse:
    corner = corner_of(request, company_id)
    role = _role(request, corner)
    form = PersonForm(
        posted(request),
        offered=people.may_give(request.actor, role),
        region=corner.company.country or request.reseller.country,
        is_office=corner.is_office,
        initial={"language": corner.company.language},
    )
    if form.is_valid():
        try:
            _refuse_many(corner.company)
            newcomer = Newcomer(role=role, **form.cleaned_data)
            link = inviting_people.invite(
                company=corner.company,
                newcomer=newcomer,
                by=request.actor,
                at=clock.now(),
            )
        except CannotInvite as refused:
            form.add_error(refused.field, str(refused))
        else:
            facts = {"link": link, "name": newcomer.name, "phone": newcomer.phone}
            facts["mail"] = newcomer.email
            return shown_once.go_and_show(request, corner.url("person-invited"), facts)
    status = 422 if form.errors else 200
    company = corner.company
    is_choice = corner.is_office and company.is_client and company.is_partner
    context = NewPersonPage(corner, form, role if is_choice else "")
    return page(request, "companies/person_new.html", context, status=status)


def _role(request: OfficeRequest, corner: Corner) -> Role:
    """A cabinet's people invite to their own side, the office to that of the company."""
    if not corner.is_office:
        return Role(request.actor.role)
    if corner.company.is_partner and request.GET.get("side") == Role.PARTNER:
        return Role.PARTNER
    return first_role(corner.company)


def _refuse_many(company: Company) -> None:
    """Letters to strangers are few. Raises CannotInvite."""
    if not allowed(f"people:{company.pk}", limit=MOST_A_DAY, seconds=DAY):
        raise CannotInvite(_("Too many invitations today. Try again tomorrow."))


@require_GET
def person_invited(request: OfficeRequest, company_id: UUID | None = None) -> HttpResponse:
    """The link is on this page and nowhere else: only its hash is kept."""
    corner = corner_of(request, company_id)
    facts = shown_once.shown(request)
    if not facts.get("link"):
        return go(request, corner.home)
    words = _("%(reseller)s invites you to its cabinet") % {"reseller": request.reseller.name}
    context = InvitedPersonPage(
        corner=corner,
        handed=hand_over(facts["link"], words, phone=facts.get("phone", "")),
        name=facts.get("name", ""),
        is_mailed=bool(facts.get("mail")),
        days=LIFE.days,
    )
    return page(request, "companies/person_invited.html", context)


def _corner_of_link(request: OfficeRequest, company_id: UUID | None, invitation_id: UUID) -> Corner:
    """Raises 404 for a link of another company."""
    corner = corner_of(request, company_id)
    if not invitations.is_of_company(invitation_id, corner.company.pk):
        raise Http404
    return corner


@require_POST
@asks_again
def person_again(
    request: OfficeRequest, invitation_id: UUID, company_id: UUID | None = None
) -> HttpResponse:
    corner = _corner_of_link(request, company_id, invitation_id)
    try:
        _refuse_many(corner.company)
        link = inviting_people.again(
            company=corner.company,
            invitation_id=invitation_id,
            by=request.actor,
            at=clock.now(),
        )
    except CannotInvite as refused:
        messages.error(request, str(refused) or _("There was no working link."))
        return go(request, corner.home)
    return shown_once.go_and_show(request, corner.url("person-invited"), {"link": link})


@require_POST
def person_revoke(
    request: OfficeRequest, invitation_id: UUID, company_id: UUID | None = None
) -> HttpResponse:
    corner = _corner_of_link(request, company_id, invitation_id)
    ended = inviting_people.revoke(
        company=corner.company,
        invitation_id=invitation_id,
        by=request.actor,
        at=clock.now(),
    )
    words = _("The link no longer works.") if ended else _("There was no working link.")
    messages.success(request, words)
    return go(request, corner.home)
