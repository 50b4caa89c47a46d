"""A person's own ways in: sessions on devices and tokens of the API, to be seen and ended. Runs under
`gate`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from tenants.accounts.models import ApiToken, OpenSession, User
from tenants.kit.limits import address_of

LONGEST_AGENT = 300
BROWSERS = ("Edg", "OPR", "YaBrowser", "SamsungBrowser", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera", "YaBrowser": "Yandex", "SamsungBrowser": "Samsung"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")


@dataclass(frozen=True, slots=True)
class Way:
    """A session as its owner reads it."""

    id: UUID
    device: str
    address: str
    used_at: datetime
    is_this: bool


def note_sign_in(request: HttpRequest, user: User) -> None:
    OpenSession.objects.update_or_create(
        session_key=request.session.session_key or "",
        defaults={
            "user": user,
            "address": address_of(request),
            "agent": agent_of(request),
            "created_at": timezone.now(),
        },
    )


def _heard(sender: object, request: HttpRequest, user: User, **more: object) -> None:
    if request.session.session_key:
        note_sign_in(request, user)


def listen() -> None:
    """Sign-ins of every door come by this signal."""
    user_logged_in.connect(_heard, dispatch_uid="open-sessions")


def ways_of(request: HttpRequest, user: User) -> list[Way]:
    """The open sessions, the one in use first; those that are over are forgotten."""
    current = request.session.session_key
    if not OpenSession.objects.filter(session_key=current).exists():
        note_sign_in(request, user)
    ways = []
    for row in OpenSession.objects.filter(user=user).order_by("-created_at"):
        facts = _store(row.session_key).load()
        if str(facts.get("_auth_user_id", "")) != str(user.pk):
            row.delete()
            continue
        used = datetime.fromtimestamp(facts["used"], UTC) if "used" in facts else row.created_at
        is_this = row.session_key == current
        ways.append(Way(row.pk, device_of(row.agent), row.address, used, is_this))
    return sorted(ways, key=lambda way: not way.is_this)


def end(*, session_id: UUID, user: User) -> bool:
    """False when it is not the person's own."""
    row = OpenSession.objects.filter(pk=session_id, user=user).first()
    if row is None:
        return False
    _store(row.session_key).delete()
    row.delete()
    return True


def tokens_of(user: User, at: datetime) -> list[ApiToken]:
    return list(ApiToken.objects.filter(user=user, expires_at__gt=at).order_by("-created_at"))


def end_token(*, token_id: UUID, user: User) -> bool:
    """False when it is not the person's own."""
    count, _tables = ApiToken.objects.filter(pk=token_id, user=user).delete()
    return bool(count)


def agent_of(request: HttpRequest) -> str:
    """What the browser calls itself, as it is kept."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]


def device_of(agent: str) -> str:
    """Browser and system in words people know."""
    browser = next((name for name in BROWSERS if re.search(rf"\b{name}/", agent)), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    words = [NAMES.get(browser, browser), system.replace("Mac OS X", "macOS")]
    return ", ".join(filter(None, words)) or "—"


def _store(key: str) -> SessionBase:
    engine = import_module(settings.SESSION_ENGINE)
    store: SessionBase = engine.SessionStore(key)
    return store
