"""Inviting a client or partner, sending the link again, taking it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import invites
from companies.forms import InviteForm
from companies.invites import CannotInvite, Invited
from companies.queries import company_for
from tenants.accounts.invitations import LIFE
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@needs(Permission.COMPANY_INVITE)
def invite(request: OfficeRequest) -> HttpResponse:
    initial = {
        "kind": request.GET.get("kind", "client"),
        "language": request.reseller.language,
    }
    form = InviteForm(
        posted(request),
        initial=initial,
        region=request.reseller.country,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"phone": str(form.cleaned_data["phone"] or "")}
        try:
            done = invites.invite(**values, by=request.actor, at=clock.now())
            return _shown(request, done)
        except CannotInvite as error:
            form.add_error("email", str(error))
    return page(
        request,
        "companies/invite.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@needs(Permission.COMPANY_INVITE)
def invite_again(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    try:
        return _shown(
            request,
            invites.resend(company=company, by=request.actor, at=clock.now()),
        )
    except CannotInvite as error:
        messages.error(request, str(error))
        return go(request, f"/companies/{company_id}/")


@require_POST
@needs(Permission.COMPANY_INVITE)
def invite_revoke(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    ended = invites.revoke(company=company, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("The link no longer works.") if ended else _("There was no working link."),
    )
    return go(request, f"/companies/{company_id}/")


def _shown(request: OfficeRequest, done: Invited) -> HttpResponse:
    """The link is on this page and nowhere else: only its hash is kept."""
    text = _("%(reseller)s invites you to its cabinet") % {"reseller": request.reseller.name}
    context = {
        "company": done.company,
        "link": done.link,
        "messengers": _messengers(text, done.link),
        "days": LIFE.days,
    }
    return page(request, "companies/invited.html", context)


def _messengers(text: str, link: str) -> list[dict[str, Any]]:
    words = quote(text)
    address = quote(link, safe="")
    return [
        {
            "label": "WhatsApp",
            "icon": "brand-whatsapp",
            "url": f"https://wa.me/?text={words}%20{address}",
        },
        {
            "label": "Telegram",
            "icon": "brand-telegram",
            "url": f"https://t.me/share/url?url={address}&text={words}",
        },
        {
            "label": "LINE",
            "icon": "brand-line",
            "url": f"https://line.me/R/share?text={words}%20{address}",
        },
    ]
