"""Password change, switching between resellers, language."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tenants.accounts import identify
from tenants.accounts.adapter import AccountAdapter
from tenants.accounts.forms import NewPasswordForm
from tenants.kit.web import OfficeRequest, page, posted, public


@dataclass(frozen=True, slots=True)
class PasswordPage:
    form: NewPasswordForm


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A reseller the person belongs to, and as what."""

    id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SwitchPage:
    rows: list[SwitchRow]


@public("only a signed-in person gets past the first line; also with a one-time password")
def password_new(request: OfficeRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    user = request.user
    form = NewPasswordForm(posted(request), user=user)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(
            request,
            "account/password_new.html",
            PasswordPage(form),
            status=status,
        )
    AccountAdapter().set_password(user, form.cleaned_data["new"])
    update_session_auth_hash(request, user)
    return redirect(request.actor.home if request.actor else "/")


@public("lists and switches the caller's own memberships")
def switch(request: OfficeRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    memberships = identify.memberships_of(request.user)
    if request.method == "POST":
        chosen_id = request.POST.get("membership")
        chosen = next((one for one in memberships if str(one.pk) == chosen_id), None)
        if chosen is None:
            raise Http404
        request.session["membership"] = str(chosen.pk)
        return redirect("switched")
    rows = [SwitchRow(one.pk, one.reseller.name, one.role) for one in memberships]
    return page(request, "account/switch.html", SwitchPage(rows))


@public("leads a person who has just switched to the right home")
def switched(request: OfficeRequest) -> HttpResponse:
    return redirect(request.actor.home if request.actor else settings.LOGIN_URL)


@public("the language is a cookie, for visitors too")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    local = (
        back.startswith("/")
        and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        and not urlsplit(back).netloc
    )
    response = redirect(back if local else "/")
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
