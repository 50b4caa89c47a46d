"""A person sees the own sessions and tokens and ends them; nobody else's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from tenants.accounts import open_sessions, tokens
from tenants.accounts.models import ApiToken, Membership, OpenSession, User
from tenants.context import GATE, inside
from tests.browser_client import Browser
from tests.world import PASSWORD, Cast, email

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def signed_in(address: str, agent: str) -> Browser:
    browser = Browser(headers={"User-Agent": agent})
    login = {"login": address, "password": PASSWORD}
    assert browser.post("/login/", login).status_code == 302
    return browser


def stamped(browser: Browser, cast: Cast, name: str) -> Browser:
    other = Browser()
    other.sign_in(cast.actor(name))
    browser.defaults["HTTP_X_RESELLER"] = other.defaults["HTTP_X_RESELLER"]
    return browser


def test_session_on_another_device_is_seen_and_ended(alpha: Cast) -> None:
    """FAULTS D9."""
    here = stamped(signed_in(email("alpha", "head"), "Firefox/130"), alpha, "head")
    phone = signed_in(email("alpha", "head"), PHONE)
    page = here.get("/sessions/").content.decode()
    assert "Chrome, Android" in page and "Firefox" in page
    with inside(GATE):
        row = OpenSession.objects.get(agent=PHONE)
        own = OpenSession.objects.exclude(pk=row.pk).get(user=row.user)
    assert f"/sessions/{row.pk}/end/" in page and f"/sessions/{own.pk}/end/" not in page
    assert here.post(f"/sessions/{row.pk}/end/")["Location"] == "/sessions/"
    assert phone.get("/orders/")["Location"].startswith("/login/")
    assert here.get("/orders/").status_code == 200
    assert "Android" not in here.get("/sessions/").content.decode()


def test_session_of_somebody_else_is_not_ended(alpha: Cast) -> None:
    theirs = signed_in(email("alpha", "accountant"), PHONE)
    mine = stamped(signed_in(email("alpha", "head"), "Firefox/130"), alpha, "head")
    with inside(GATE):
        row = OpenSession.objects.get(agent=PHONE)
    assert "Android" not in mine.get("/sessions/").content.decode()
    assert mine.post(f"/sessions/{row.pk}/end/").status_code == 404
    assert mine.post(f"/sessions/{uuid4()}/end/").status_code == 404
    assert theirs.get("/finance/").status_code == 200
    assert Browser().get("/sessions/")["Location"] == "/login/?next=%2Fsessions%2F"
    assert Browser().post(f"/sessions/{row.pk}/end/").status_code == 302


def test_own_token_is_ended(alpha: Cast, browse: Any) -> None:
    with inside(GATE):
        user = User.objects.get(email=email("alpha", "head"))
        membership = Membership.objects.get(user=user)
        secret = tokens.issue_for_user(user=user, membership=membership, at=timezone.now())
        (row,) = open_sessions.tokens_of(user, timezone.now())
    head = browse(alpha)
    page = head.get("/sessions/").content.decode()
    assert f"/tokens/{row.pk}/end/" in page and secret not in page
    assert browse(alpha, "dispatcher").post(f"/tokens/{row.pk}/end/").status_code == 404
    assert head.post(f"/tokens/{row.pk}/end/").status_code == 302
    with inside(GATE):
        assert not ApiToken.objects.filter(pk=row.pk).exists()


def test_device_is_named_in_words() -> None:
    agents = {
        PHONE: "Chrome, Android",
        "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0": "Edge, Windows",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1": "Safari, iPhone",
        "curl/8": "—",
    }
    assert {agent: open_sessions.device_of(agent) for agent in agents} == agents
