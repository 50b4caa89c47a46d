"""The page behind an invitation's link: the reseller's brand, a password, and in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from companies import joining, links
from companies.forms import JoinForm
from companies.joining import Joined
from companies.queries import own_details
from tenants.accounts import invitations, known_devices, letters
from tenants.accounts.invitations import (
    AlreadyMember,
    KnownPerson,
    LiveInvitation,
    StaleInvitation,
)
from tenants.accounts.models import User
from tenants.accounts.secrets import digest
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.kit.contacts import Contact, contacts_of
from tenants.kit.limits import address_of, allowed, slow_down
from tenants.kit.web import go, page, posted, public

STALE_AN_HOUR = 30  # of one address: links cannot be guessed, but nobody should try
TRIES = 5  # passwords for one link within five minutes
SIGN_IN_FIRST = gettext_lazy("You sign in here already: sign in, and the invitation opens again.")
IS_MEMBER = gettext_lazy("You belong to this company's cabinet already. Sign in as usual.")


@dataclass(frozen=True, slots=True)
class InvitationBrand:
    """The inviting reseller's name and look."""

    name: str
    accent: str
    contacts: tuple[Contact, ...]
    logo_url: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    form: JoinForm
    invitation: LiveInvitation
    invitation_brand: InvitationBrand


@dataclass(frozen=True, slots=True)
class AcceptPage:
    """For a person who is signed in with the invited e-mail."""

    invitation: LiveInvitation
    invitation_brand: InvitationBrand


@never_cache
@sensitive_post_parameters("password")
@public("the link itself is the key: it is random, works once and ends")
def take_invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = invitations.look(token, at=timezone.now())
        if request.GET.get("letter"):
            context = AcceptPage(invitation, brand_of(invitation, token))
            return page(request, "companies/join_by_mail.html", context)
        if _is_owner(request, invitation):
            return _accept(request, token, invitation)
        return _open_login(request, token, invitation)
    except StaleInvitation:
        return _stale(request)


def _open_login(request: HttpRequest, token: str, invitation: LiveInvitation) -> HttpResponse:
    """A new person sets a password; a known one goes on by a letter."""
    form = JoinForm(posted(request), initial={"name": invitation.name})
    if form.is_valid():
        if not allowed(f"invitation:{digest(token)}", limit=TRIES, seconds=300):
            return page(request, "errors/429.html", status=429)
        try:
            return _log_in(request, _join(request, token, **form.cleaned_data))
        except ValidationError as error:
            form.add_error("password", error)
        except AlreadyMember:
            form.add_error(None, IS_MEMBER)
        except KnownPerson as refusal:
            if not invitation.email:
                form.add_error(None, SIGN_IN_FIRST)
                return _join_page(request, token, form, invitation)
            reseller = invitation.reseller.name
            letters.send_new_place(refusal.user, reseller=reseller, then=links.invitation(token))
            return go(request, f"{links.invitation(token)}?letter=sent")
    return _join_page(request, token, form, invitation)


def _join_page(
    request: HttpRequest,
    token: str,
    form: JoinForm,
    invitation: LiveInvitation,
) -> HttpResponse:
    context = JoinPage(form, invitation, brand_of(invitation, token))
    status = 422 if form.errors else 200
    return page(request, "companies/join.html", context, status=status)


def _accept(request: HttpRequest, token: str, invitation: LiveInvitation) -> HttpResponse:
    """One more place for the person who is signed in."""
    if request.method == "POST":
        try:
            joined = _join(request, token, name="", password="")
        except AlreadyMember:
            messages.error(request, IS_MEMBER)
            return go(request, "/")
        request.session["membership"] = str(joined.actor.member_id)
        return go(request, links.cabinet_details(joined.actor.kind))
    context = AcceptPage(invitation, brand_of(invitation, token))
    return page(request, "companies/join_accept.html", context)


def _is_owner(request: HttpRequest, invitation: LiveInvitation) -> bool:
    user = _signed_in(request)
    with inside(GATE):
        return invitations.is_for(user, invitation)


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _join(request: HttpRequest, token: str, *, name: str, password: str) -> Joined:
    return joining.join(
        token,
        name=name,
        password=password,
        signed_in=_signed_in(request),
        at=clock.now(),
    )


def brand_of(invitation: LiveInvitation, token: str) -> InvitationBrand:
    """The reseller's look for somebody who is not signed in yet."""
    with inside(invitation.reseller.scope):
        own = own_details()
    return InvitationBrand(
        name=invitation.reseller.name,
        accent=own.accent,
        contacts=contacts_of(**invitation.reseller.support),
        logo_url=links.invitation_logo(token) if own.logo_file_id else "",
    )


def _log_in(request: HttpRequest, joined: Joined) -> HttpResponse:
    """A new person goes straight to the details."""
    with inside(GATE):
        login(
            request,
            joined.user,
            backend=settings.AUTHENTICATION_BACKENDS[0],
        )
        request.session["membership"] = str(joined.actor.member_id)
    response = go(request, links.cabinet_details(joined.actor.kind))
    known_devices.remember(request, response, joined.user.door_key)
    return response


def _stale(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, used, withdrawn and expired."""
    slow_down(
        f"stale-invitation:{address_of(request)}",
        limit=STALE_AN_HOUR,
        seconds=3600,
    )
    return page(request, "companies/stale.html", status=404)
