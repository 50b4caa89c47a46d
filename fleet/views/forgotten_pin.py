"""The page of a driver who forgot the PIN; nobody is signed in here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fleet import forgotten_pin
from tenants.accounts.driver_login import device_cookie
from tenants.accounts.forms import ForgottenPinForm
from tenants.accounts.views.driver import admitted
from tenants.kit import clock
from tenants.kit.contacts import Contact
from tenants.kit.web import page, posted, public


@dataclass(frozen=True, slots=True)
class ForgottenPinPage:
    form: ForgottenPinForm
    is_sent: bool
    office: tuple[Contact, ...]


@public("a driver who forgot the PIN asks the office for a new one")
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer for every phone."""
    form = ForgottenPinForm(posted(request))
    if admitted(request, form):
        forgotten_pin.ask(phone=form.cleaned_data["phone"], at=clock.now())
        return redirect(f"{request.path}?sent=1")
    context = ForgottenPinPage(
        form,
        is_sent=request.method == "GET" and "sent" in request.GET,
        office=forgotten_pin.office_of(request.COOKIES.get(device_cookie(), "")),
    )
    status = 422 if form.errors else 200
    return page(request, "fleet/driver_forgotten.html", context, status=status)
