"""Asking for a new link, and the office's list of those who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.accounts import link_requests, login_names, new_links
from tenants.accounts.forms import AskLinkForm
from tenants.accounts.secrets import digest
from tenants.kit import clock, shown_once
from tenants.kit.asked_again import asks_again
from tenants.kit.limits import address_block, address_of, allowed
from tenants.kit.sharing import HandOver, hand_over
from tenants.kit.web import OfficeRequest, go, needs, page, posted, public
from tenants.office.firms import company_names
from tenants.office.models import Member
from tenants.office.views import CountPiece
from tenants.permissions import Permission

AN_HOUR = 3600
OF_A_NETWORK = 20  # requests an hour
OF_A_LOGIN = 3


@dataclass(frozen=True, slots=True)
class AskLinkPage:
    form: AskLinkForm
    is_sent: bool


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A person who asks; `place` is the company, or the role in the cargo module."""

    id: UUID
    name: str
    place: str
    login: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkRequestsPage:
    """Those who ask; the link that was made is shown once, with whom it is for."""

    rows: list[LinkRequest]
    whom: str
    handed: HandOver | None


@require_http_methods(["GET", "POST"])
@public("whoever forgot the password is a stranger; every login gets the same answer")
def ask(request: HttpRequest) -> HttpResponse:
    form = AskLinkForm(posted(request))
    if form.is_valid():
        login = form.cleaned_data["login"]
        network = f"ask:{address_block(address_of(request))}"
        person = f"ask:{digest(login_names.key_of(login))}"
        if not allowed(network, limit=OF_A_NETWORK, seconds=AN_HOUR):
            return page(request, "errors/429.html", status=429)
        if allowed(person, limit=OF_A_LOGIN, seconds=AN_HOUR):
            link_requests.ask(login)
        return go(request, f"{reverse('link-ask')}?sent=1")
    context = AskLinkPage(form, is_sent="sent" in request.GET)
    status = 422 if form.errors else 200
    return page(request, "account/ask_link.html", context, status=status)


@require_GET
@needs(Permission.COMPANY_INVITE, Permission.CARGO_USERS)
def request_list(request: OfficeRequest) -> HttpResponse:
    facts = shown_once.shown(request)
    handed = _handed(request, facts["link"], facts["phone"]) if facts.get("link") else None
    members = list(link_requests.waiting(request.actor))
    context = LinkRequestsPage(_rows(request, members), facts.get("whom", ""), handed)
    return page(request, "account/link_requests.html", context)


@require_GET
@needs(Permission.COMPANY_INVITE, Permission.CARGO_USERS)
def request_count(request: OfficeRequest) -> HttpResponse:
    count = len(link_requests.waiting(request.actor).values_list("id")[:100])
    return page(request, "office/_count.html", CountPiece(count))


@require_POST
@needs(Permission.COMPANY_INVITE, Permission.CARGO_USERS)
@asks_again
def link_make(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """One press: a link for a new password, shown once to whoever made it."""
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        raise Http404
    try:
        link = new_links.make(
            member_id=member_id,
            roles=link_requests.roles_for(request.actor),
            by=request.actor,
            at=clock.now(),
        )
    except new_links.NotOurs as refused:
        raise Http404 from refused
    facts = {"link": link, "whom": member.name, "phone": member.phone}
    return shown_once.go_and_show(request, reverse("link-requests"), facts)


@require_POST
@needs(Permission.COMPANY_INVITE, Permission.CARGO_USERS)
def link_dismiss(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    if not link_requests.dismiss(member_id=member_id, by=request.actor, at=clock.now()):
        raise Http404
    return go(request, reverse("link-requests"))


def _handed(request: OfficeRequest, link: str, phone: str) -> HandOver:
    words = _("%(reseller)s: set a new password by this link") % {"reseller": request.reseller.name}
    return hand_over(link, words, phone=phone)


def _rows(request: OfficeRequest, members: list[Member]) -> list[LinkRequest]:
    names = company_names(member.company_id for member in members)
    return [
        LinkRequest(
            id=member.pk,
            name=member.name,
            place=names.get(member.company_id, "") if member.company_id else _("Cargo module"),
            login=member.login(request.reseller.slug),
            at=member.link_asked_at,
        )
        for member in members
        if member.link_asked_at
    ]
