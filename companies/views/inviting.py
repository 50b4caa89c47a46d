"""Inviting a client or partner, sending the link again, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from companies import invites, links
from companies.alike import AlikeCompanies
from companies.forms import InviteForm
from companies.invites import CannotInvite, Invited
from companies.models import Company
from companies.queries import company_for
from tenants.accounts.invitations import LIFE
from tenants.kit import clock, shown_once
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import answers_in
from tenants.kit.sharing import HandOver, hand_over
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class InvitePage:
    form: InviteForm
    alike: AlikeCompanies | None = None


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """The link, shown this once, and how many days it works."""

    company: Company
    handed: HandOver
    days: int


@needs(Permission.COMPANY_INVITE)
@asks_again
def invite(request: OfficeRequest) -> HttpResponse:
    initial = {
        "kind": request.GET.get("kind", "client"),
        "language": request.reseller.language,
        "may_sign": True,
    }
    form = InviteForm(
        posted(request),
        initial=initial,
        region=request.reseller.country,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"phone": str(form.cleaned_data["phone"] or "")}
        try:
            sure = answers_in(request.POST.get("sure", ""))
            invitation = invites.invite(**values, by=request.actor, at=clock.now(), sure=sure)
            return _shown(request, invitation)
        except AlikeCompanies as alike:
            context = InvitePage(form, alike)
            return page(request, "companies/invite.html", context, status=422)
        except CannotInvite as error:
            form.add_error(error.field, str(error))
    status = 422 if form.errors else 200
    return page(request, "companies/invite.html", InvitePage(form), status=status)


@require_POST
@needs(Permission.COMPANY_INVITE)
@asks_again
def invite_again(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    try:
        return _shown(request, invites.resend(company=company, by=request.actor, at=clock.now()))
    except CannotInvite as error:
        messages.error(request, str(error))
        return go(request, links.company(company_id))


@require_POST
@needs(Permission.COMPANY_INVITE)
def invite_revoke(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    ended = invites.revoke(company=company, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("The link no longer works.") if ended else _("There was no working link."),
    )
    return go(request, links.company(company_id))


def _shown(request: OfficeRequest, invitation: Invited) -> HttpResponse:
    url = links.invited(invitation.company.pk)
    return shown_once.go_and_show(request, url, {"link": invitation.link})


@require_GET
@needs(Permission.COMPANY_INVITE)
def invited(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """The link is on this page and nowhere else: only its hash is kept."""
    company = company_for(request.actor, company_id)
    link = shown_once.shown(request).get("link")
    if not link:
        return go(request, links.company(company_id))
    text = _("%(reseller)s invites you to its cabinet") % {"reseller": request.reseller.name}
    context = InvitedPage(
        company=company,
        handed=hand_over(link, text, phone=str(company.phone)),
        days=LIFE.days,
    )
    return page(request, "companies/invited.html", context)
