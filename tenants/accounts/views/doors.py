"""Password change, switching between resellers, language."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tenants.accounts import access_links, identify, known_devices, passwords
from tenants.accounts.access_links import AccessLink
from tenants.accounts.forms import NewPasswordForm
from tenants.accounts.places import Place, places_of
from tenants.accounts.second_step import is_on
from tenants.kit.web import OfficeRequest, page, posted, public


@dataclass(frozen=True, slots=True)
class PasswordPage:
    form: NewPasswordForm


@dataclass(frozen=True, slots=True)
class SwitchPage:
    rows: list[Place]


@public("only a signed-in person gets past the first line; also with a one-time password")
def password_new(request: OfficeRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    user = request.user
    form = NewPasswordForm(posted(request), user=user, request=request)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(
            request,
            "account/password_new.html",
            PasswordPage(form),
            status=status,
        )
    was_one_time = user.must_change_password  # these go by mail
    passwords.change(user, form.cleaned_data["new"], proves_email=was_one_time)
    update_session_auth_hash(request, user)
    return redirect(request.actor.home if request.actor else "/")


@never_cache
@sensitive_post_parameters("new", "again")
@public("the link itself is the key: it is signed, works once and ends")
def access_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a link that was mailed or handed over, and go on signed in."""
    try:
        link = access_links.read(token)
    except access_links.StaleLink:
        return page(request, "account/stale_link.html", status=404)
    form = NewPasswordForm(posted(request), user=link.user, request=request, is_by_link=True)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "account/password_new.html", PasswordPage(form), status=status)
    passwords.change(link.user, form.cleaned_data["new"], proves_email=link.is_by_mail)
    return _sign_in(request, link)


def _sign_in(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """Who has a second step signs in with it."""
    if is_on(link.user):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': link.then})}")
    login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    response = redirect(link.then if link.then != "/" else "switched")
    known_devices.remember(request, response, link.user.door_key)
    return response


@public("lists and switches the caller's own memberships")
def switch(request: OfficeRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if request.method == "POST":
        memberships = identify.memberships_of(request.user)
        chosen_id = request.POST.get("membership")
        chosen = next((one for one in memberships if str(one.pk) == chosen_id), None)
        if chosen is None:
            raise Http404
        request.session["membership"] = str(chosen.pk)
        back = request.POST.get("next", "")
        return redirect(back if _is_own_address(back) else "switched")
    return page(request, "account/switch.html", SwitchPage(places_of(request.user)))


@public("leads a person who has just switched to the right home")
def switched(request: OfficeRequest) -> HttpResponse:
    return redirect(request.actor.home if request.actor else settings.LOGIN_URL)


@public("the language is a cookie, for visitors too")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    response = redirect(back if _is_own_address(back) else "/")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            "language",
            code,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SECURE,
            httponly=True,
        )
    return response


def _is_own_address(address: str) -> bool:
    """Whether an address that came with a form leads to no other site."""
    is_plain = address.startswith("/") and not urlsplit(address).netloc
    return is_plain and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
