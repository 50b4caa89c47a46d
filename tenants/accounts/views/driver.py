"""The driver's door: phone and PIN on an enrolled device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tenants.accounts import driver_devices, driver_login, tries
from tenants.accounts.forms import DriverEnrolForm, DriverLoginForm
from tenants.accounts.tries import Try
from tenants.actor import HOMES
from tenants.kit.web import page, posted, public
from tenants.permissions import Kind

COOKIE_AGE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DriverLoginPage:
    form: DriverLoginForm


@dataclass(frozen=True, slots=True)
class DriverEnrolPage:
    form: DriverEnrolForm


def admitted(request: HttpRequest, form: forms.Form) -> Try | None:
    """The counted try; None when the form has errors or this network has to wait, which is said."""
    if not form.is_valid():
        return None
    try:
        return tries.admit_driver(form.cleaned_data["phone"], request)
    except tries.TooManyTries:
        form.add_error(None, _("Too many tries. Wait a few minutes."))
        return None


def _minutes_until(moment: datetime) -> int:
    return ceil((moment - timezone.now()) / timedelta(minutes=1))


def _page_after(request: HttpRequest) -> str:
    """The page of the app that the driver came from; no other address is followed."""
    home = reverse(HOMES[Kind.DRIVER])
    page_before = request.GET.get("next", "")
    is_ours = page_before.startswith(home) and url_has_allowed_host_and_scheme(page_before, None)
    return page_before if is_ours else home


@public("a driver's login page")
def login(request: HttpRequest) -> HttpResponse:
    form = DriverLoginForm(posted(request))
    if current_try := admitted(request, form):
        try:
            driver, device = driver_login.open_app(
                phone=form.cleaned_data["phone"],
                pin=form.cleaned_data["pin"],
                device=request.COOKIES.get(driver_login.device_cookie(), ""),
                at=timezone.now(),
            )
        except driver_login.MustWait as refusal:
            current_try.was_right()  # the PIN was not looked at
            minutes = _minutes_until(refusal.until)
            form.add_error(
                "pin",
                ngettext(
                    "Too many wrong PINs. Try again in %(count)s minute.",
                    "Too many wrong PINs. Try again in %(count)s minutes.",
                    minutes,
                )
                % {"count": minutes},
            )
        except driver_login.Refused:
            form.add_error(
                None,
                _(
                    "Phone and PIN do not fit, or this phone is not enrolled. Ask your dispatcher for a code."
                ),
            )
        else:
            current_try.was_right()
            request.session.flush()
            request.session["driver"] = str(driver)
            request.session["device"] = str(device) if device else None
            return redirect(_page_after(request))
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
    if current_try := admitted(request, form):
        try:
            origin = driver_devices.origin_of(request)
            key = driver_login.enrol(
                phone=form.cleaned_data["phone"],
                code=form.cleaned_data["code"],
                at=timezone.now(),
                agent=origin.agent,
                address=origin.address,
            )
        except driver_login.Refused:
            form.add_error(
                "code",
                _("This code is not valid. Ask your dispatcher for a new one."),
            )
        else:
            current_try.was_right()
            response = redirect("driver-login")
            response.set_cookie(
                driver_login.device_cookie(),
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
