"""Access that ends, and the person who belongs to two resellers."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tenants.accounts import tokens
from tenants.accounts.models import User
from tenants.context import GATE, PLATFORM, inside
from tenants.office.models import AuditEvent, Member
from tenants.panel import access
from tenants.platform.models import Reseller
from tests.accounts.conftest import MANAGER, membership_of, sign_in
from tests.world import Cast

ORDERS = "/api/v1/orders"


@pytest.fixture
def signed_in(alpha: Cast, person: Any, visitor: Any) -> tuple[Any, Any, Any]:
    """A dispatcher with an open page and an API client: (user, browser, api)."""
    user = person(alpha)
    browser = visitor()
    sign_in(browser, user.email)
    with inside(GATE):
        token = tokens.issue_for_user(
            user=user,
            membership=membership_of(user, alpha),
            at=timezone.now(),
        )
    api = visitor(Authorization=f"Bearer {token}")
    assert (
        browser.get("/companies/").status_code,
        api.get(ORDERS).status_code,
    ) == (200, 200)
    return user, browser, api


def refused(browser: Any, api: Any) -> tuple[int, int]:
    return browser.get("/companies/").status_code, api.get(ORDERS).status_code


def test_a_suspended_reseller_is_closed_at_the_next_request(
    alpha: Cast, signed_in: tuple[Any, Any, Any]
) -> None:
    _user, browser, api = signed_in
    with inside(PLATFORM):
        Reseller.objects.filter(pk=alpha.info.id).update(suspended_at=timezone.now())
    assert refused(browser, api) == (403, 401)
    with inside(PLATFORM):
        Reseller.objects.filter(pk=alpha.info.id).update(suspended_at=None)
    assert refused(browser, api) == (200, 200)


def test_a_membership_switched_off_is_closed_at_the_next_request(
    alpha: Cast, signed_in: tuple[Any, Any, Any]
) -> None:
    user, browser, api = signed_in
    access.set_active(
        membership=membership_of(user, alpha),
        active=False,
        by=MANAGER,
        at=timezone.now(),
    )
    assert refused(browser, api) == (403, 401)
    with inside(alpha.scope):
        assert Member.objects.get(email=user.email).is_active is False
        event = AuditEvent.objects.get(action="member.block")
    assert (event.title, event.by_name) == (user.email, MANAGER.name)


def test_a_user_switched_off_is_closed_at_the_next_request(
    signed_in: tuple[Any, Any, Any],
) -> None:
    user, browser, api = signed_in
    with inside(PLATFORM):
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert refused(browser, api) == (302, 401)


def test_without_any_access_login_ends_on_a_page_that_says_so(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    user = person(alpha)
    browser = visitor()
    access.set_active(
        membership=membership_of(user, alpha),
        active=False,
        by=MANAGER,
        at=timezone.now(),
    )
    sign_in(browser, user.email)
    answer = browser.get("/")
    assert answer.status_code == 403 and "/logout/" in answer.content.decode()
    assert len(browser.get("/login/", follow=True).redirect_chain) <= 2


def test_switching_changes_what_is_seen(alpha: Cast, beta: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha, beta)
    browser = visitor()
    sign_in(browser, user.email)
    first = browser.get("/companies/").content.decode()
    assert "client of alpha" in first and "of beta" not in first
    answer = browser.post(
        "/switch/",
        {"membership": str(membership_of(user, beta).pk)},
        follow=True,
    )
    assert answer.status_code == 200
    second = browser.get("/companies/").content.decode()
    assert "client of beta" in second and "of alpha" not in second


def test_nobody_switches_to_a_place_of_somebody_else(
    alpha: Cast, beta: Cast, person: Any, visitor: Any
) -> None:
    mine = person(alpha)
    other = person(beta)
    browser = visitor()
    sign_in(browser, mine.email)
    assert (
        browser.post(
            "/switch/",
            {"membership": str(membership_of(other, beta).pk)},
        ).status_code
        == 404
    )
    assert "of beta" not in browser.get("/companies/").content.decode()


def test_a_form_of_the_reseller_left_behind_writes_nothing(
    alpha: Cast, beta: Cast, person: Any, visitor: Any
) -> None:
    import re

    user = person(alpha, beta)
    browser = visitor()
    sign_in(browser, user.email)
    page = browser.get("/companies/").content.decode()
    stamp = re.search(r'name="reseller-stamp" content="([^"]+)"', page)
    assert stamp
    browser.post("/switch/", {"membership": str(membership_of(user, beta).pk)})
    before = counted(alpha, beta)
    form = {
        "kind": "client",
        "name": "Stray",
        "full_name": "Stray",
        "email": "stray@people.test",
        "phone": "+996555123456",
    }
    for stamped in (
        {"headers": {"X-Reseller": stamp[1]}},
        {"data": form | {"reseller_stamp": stamp[1]}},
        {"data": form},
    ):
        answer = browser.post("/companies/new/", **({"data": form} | stamped))
        assert answer.status_code == 409, stamped
    assert counted(alpha, beta) == before


def counted(*casts: Cast) -> list[int]:
    from companies.models import Company

    counts = []
    for cast in casts:
        with inside(cast.scope):
            counts.append(Company.objects.count())
    return counts


def test_a_forged_stamp_is_no_stamp(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "dispatcher")
    browser.defaults["HTTP_X_RESELLER"] = f"{alpha.actor('dispatcher').member_id}:forged"
    assert browser.post("/companies/new/", {"name": "x"}).status_code == 409


def test_a_session_ends_after_thirty_days_however_busy(
    alpha: Cast,
    person: Any,
    visitor: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = visitor()
    sign_in(browser, person(alpha).email)
    assert browser.get("/companies/").status_code == 200
    with inside(GATE):
        session = browser.session
        session["started"] -= 31 * 86_400
        session.save()
    assert browser.get("/companies/").status_code == 302


@pytest.mark.parametrize(
    "page",
    ["/admin/", "/admin/platform/reseller/", "/admin/accounts/user/"],
)
@pytest.mark.parametrize("name", ["head", "dispatcher", "client", "partner"])
def test_the_panel_is_not_there_for_a_reseller_s_people(
    alpha: Cast, browse: Any, page: str, name: str
) -> None:
    answer = browse(alpha, name).get(page)
    assert answer.status_code in (302, 404)
    assert answer.status_code == 404 or not answer["Location"].startswith("/admin/platform")


def test_the_panel_sends_strangers_to_the_one_login(
    visitor: Any,
) -> None:
    answer = visitor().get("/admin/")
    assert answer.status_code == 302
    assert visitor().get(answer["Location"])["Location"].startswith("/login/?next=%2Fadmin%2F")


@pytest.mark.parametrize(("code", "word"), [("ru", "Вход"), ("en", "Sign in"), ("xx", None)])
def test_the_language_is_a_cookie(visitor: Any, code: str, word: str | None) -> None:
    browser = visitor()
    answer = browser.post("/language/", {"language": code, "next": "/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert ("language" in browser.cookies) is (word is not None)
    if word:
        page = browser.get("/login/")
        assert page["Content-Language"] == code and f'lang="{code}"' in page.content.decode()


@pytest.mark.parametrize(
    "back",
    ["https://evil.test/", "//evil.test/", "javascript:alert(1)"],
)
def test_the_language_switch_leads_to_no_other_site(visitor: Any, back: str) -> None:
    assert visitor().post("/language/", {"language": "en", "next": back})["Location"] == "/"
