"""A person's own sessions and API tokens, a driver's own phones: seen and ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tenants.accounts import driver_devices, open_sessions
from tenants.accounts.driver_devices import Phone
from tenants.accounts.models import ApiToken, User
from tenants.accounts.open_sessions import Way
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit.web import OfficeRequest, back_to_sign_in, go, page, public


@dataclass(frozen=True, slots=True)
class SessionsPage:
    ways: list[Way] | list[Phone]
    tokens: list[ApiToken]
    end_act: str  # the name of the address that ends one of the ways


@public("a person's own sessions alone; a visitor is led to the login")
@require_GET
def session_list(request: OfficeRequest) -> HttpResponse:
    if driver_id := _driver(request):
        current = str(request.session.get("device") or "")
        with inside(GATE):
            phones = driver_devices.phones_of(driver_id, current=current)
        return page(request, "account/sessions.html", SessionsPage(phones, [], "device-end"))
    if not request.user.is_authenticated:
        return back_to_sign_in(request)
    user = _person(request)
    with inside(GATE):
        ways = open_sessions.ways_of(request, user)
        tokens = open_sessions.tokens_of(user, timezone.now())
    return page(request, "account/sessions.html", SessionsPage(ways, tokens, "session-end"))


@public("ends a session of the person who asks, no other")
@require_POST
def session_end(request: OfficeRequest, session_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return back_to_sign_in(request)
    with inside(GATE):
        if not open_sessions.end(session_id=session_id, user=_person(request)):
            raise Http404
    return go(request, reverse("own-sessions"))


@public("ends a phone of the driver who asks, no other")
@require_POST
def device_end(request: OfficeRequest, device_id: UUID) -> HttpResponse:
    driver_id = _driver(request)
    if driver_id is None:
        return back_to_sign_in(request)
    with inside(GATE):
        if not driver_devices.end(device_id=device_id, driver_id=driver_id, at=timezone.now()):
            raise Http404
    return go(request, reverse("own-sessions"))


@public("ends a token of the person who asks, no other")
@require_POST
def token_end(request: OfficeRequest, token_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return back_to_sign_in(request)
    with inside(GATE):
        if not open_sessions.end_token(token_id=token_id, user=_person(request)):
            raise Http404
    return go(request, reverse("own-sessions"))


def _driver(request: OfficeRequest) -> UUID | None:
    who: Actor | None = request.actor
    return who.driver_id if who else None


def _person(request: OfficeRequest) -> User:
    return cast("User", request.user)
