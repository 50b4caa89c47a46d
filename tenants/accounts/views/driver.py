"""The driver's door: phone and PIN on an enrolled device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenants.accounts import driver_login
from tenants.accounts.forms import DriverEnrolForm, DriverLoginForm
from tenants.actor import HOMES
from tenants.kit.limits import address_of, allowed, give_back
from tenants.kit.web import page, posted, public
from tenants.permissions import Kind

COOKIE_AGE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DriverLoginPage:
    form: DriverLoginForm


@dataclass(frozen=True, slots=True)
class DriverEnrolPage:
    form: DriverEnrolForm


def _cookie() -> str:
    return ("__Host-" if settings.SECURE else "") + "device"


def _counted(form: forms.Form) -> str:
    return "driver:" + driver_login.plain(str(form.cleaned_data["phone"]))


def _too_often(request: HttpRequest, form: forms.Form) -> bool:
    fine = allowed(f"driver-ip:{address_of(request)}", limit=30, seconds=60)
    fine = fine and allowed(_counted(form), limit=10, seconds=300)
    if not fine:
        form.add_error(None, _("Too many tries. Wait a few minutes."))
    return not fine


@public("a driver's login page")
def login(request: HttpRequest) -> HttpResponse:
    form = DriverLoginForm(posted(request))
    if form.is_valid() and not _too_often(request, form):
        try:
            driver, device = driver_login.open_app(
                phone=form.cleaned_data["phone"],
                pin=form.cleaned_data["pin"],
                device=request.COOKIES.get(_cookie(), ""),
                at=timezone.now(),
            )
        except driver_login.Refused:
            form.add_error(
                None,
                _(
                    "Phone and PIN do not fit, or this phone is not enrolled. Ask your dispatcher for a code."
                ),
            )
        else:
            give_back(_counted(form))
            request.session.flush()
            request.session["driver"] = str(driver)
            request.session["device"] = str(device) if device else None
            return redirect(HOMES[Kind.DRIVER])
    status = 422 if form.errors else 200
    return page(
        request,
        "account/driver_login.html",
        DriverLoginPage(form),
        status=status,
    )


@public("a driver enrols a phone by a one-time code")
def enrol(request: HttpRequest) -> HttpResponse:
    form = DriverEnrolForm(posted(request))
    if form.is_valid() and not _too_often(request, form):
        try:
            key = driver_login.enrol(
                phone=form.cleaned_data["phone"],
                code=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except driver_login.Refused:
            form.add_error(
                "code",
                _("This code is not valid. Ask your dispatcher for a new one."),
            )
        else:
            give_back(_counted(form))
            response = redirect("driver-login")
            response.set_cookie(
                _cookie(),
                key,
                max_age=COOKIE_AGE,
                secure=settings.SECURE,
                httponly=True,
                samesite="Lax",
            )
            return response
    status = 422 if form.errors else 200
    return page(
        request,
        "account/driver_enrol.html",
        DriverEnrolPage(form),
        status=status,
    )


@public("ends whatever session there is")
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect("driver-login")
