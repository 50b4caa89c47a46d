"""The page behind an invitation's link: the reseller's brand, a password, and in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from companies import joining, links
from companies.forms import JoinForm
from companies.joining import Joined
from companies.queries import own_details
from tenants.accounts import invitations
from tenants.accounts.invitations import (
    AlreadyMember,
    LiveInvitation,
    StaleInvitation,
    WrongPassword,
)
from tenants.accounts.secrets import digest
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.kit.limits import address_of, allowed
from tenants.kit.web import go, page, posted, public

STALE_AN_HOUR = 30  # of one address: links cannot be guessed, but nobody should try
TRIES = 5  # passwords for one link within five minutes


@dataclass(frozen=True, slots=True)
class InvitationBrand:
    """The inviting reseller's name and look."""

    name: str
    accent: str
    support: str
    logo_url: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    form: JoinForm
    invitation: LiveInvitation
    invitation_brand: InvitationBrand


@never_cache
@sensitive_post_parameters("password")
@public("the link itself is the key: it is random, works once and ends")
def take_invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = invitations.look(token, at=timezone.now())
        form = JoinForm(posted(request), initial={"name": invitation.name})
        if request.method == "POST" and form.is_valid():
            if not allowed(f"invitation:{digest(token)}", limit=TRIES, seconds=300):
                return page(request, "errors/429.html", {}, status=429)
            if joined := _join(token, form):
                return _log_in(request, joined)
    except StaleInvitation:
        return _stale(request)
    context = JoinPage(form, invitation, brand_of(invitation, token))
    return page(
        request,
        "companies/join.html",
        context,
        status=422 if form.errors else 200,
    )


def brand_of(invitation: LiveInvitation, token: str) -> InvitationBrand:
    """The reseller's look for somebody who is not signed in yet."""
    with inside(invitation.reseller.scope):
        own = own_details()
    return InvitationBrand(
        name=invitation.reseller.name,
        accent=own.accent,
        support=invitation.reseller.support_email,
        logo_url=links.invitation_logo(token) if own.logo_file_id else "",
    )


def _join(token: str, form: JoinForm) -> Joined | None:
    try:
        return joining.join(token, **form.cleaned_data, at=clock.now())
    except ValidationError as error:
        form.add_error("password", error)
    except WrongPassword:
        form.add_error(
            "password",
            _("This e-mail has a password here already, and it is another one."),
        )
    except AlreadyMember:
        form.add_error(
            None,
            _("You belong to this company's cabinet already. Sign in as usual."),
        )
    return None


def _log_in(request: HttpRequest, joined: Joined) -> HttpResponse:
    """Straight to the details; who has a second factor signs in with it."""
    target = links.cabinet_details(joined.actor.kind)
    with inside(GATE):
        if is_mfa_enabled(joined.user):
            messages.success(
                request,
                _("The invitation is accepted. Sign in to go on."),
            )
            return go(
                request,
                f"{reverse('account_login')}?{urlencode({'next': target})}",
            )
        login(
            request,
            joined.user,
            backend=settings.AUTHENTICATION_BACKENDS[0],
        )
        request.session["membership"] = str(joined.actor.member_id)
    return go(request, target)


def _stale(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, used, withdrawn and expired."""
    if not allowed(
        f"stale-invitation:{address_of(request)}",
        limit=STALE_AN_HOUR,
        seconds=3600,
    ):
        return page(request, "errors/429.html", {}, status=429)
    return page(request, "companies/stale.html", {}, status=404)
