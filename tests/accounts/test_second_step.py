"""The second step: asked of platform managers, offered to everyone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.context import GATE, inside
from tests.accounts.conftest import code_of, set_up_second_step, sign_in
from tests.world import PASSWORD, Cast


@pytest.fixture
def manager(person: Any) -> User:
    return person(is_platform_manager=True)


def past_the_password(browser: Any, page: str) -> Any:
    """The pages of the second step ask for the password once more."""
    answer = browser.get("/login/again/")
    assert answer.status_code == 200
    browser.post(f"/login/again/?next={page}", {"password": "wrong"})
    assert browser.get("/mfa/totp/").status_code == 302
    return browser.post(
        f"/login/again/?next={page}",
        {"password": PASSWORD},
        follow=True,
    )


def test_a_platform_manager_without_one_is_led_to_it(manager: User, visitor: Any) -> None:
    browser = visitor()
    sign_in(browser, manager.email)
    for page in ("/admin/", "/admin/platform/reseller/add/", "/"):
        assert browser.get(page)["Location"] == "/mfa/totp/", page


def test_the_demo_s_manager_is_not_asked(manager: User, visitor: Any, settings: Any) -> None:
    settings.DEMO = True
    browser = visitor()
    sign_in(browser, manager.email)
    assert browser.get("/admin/").status_code == 200


def test_setting_it_up_opens_the_panel_and_shows_recovery_codes(
    manager: User, visitor: Any
) -> None:
    browser = visitor()
    sign_in(browser, manager.email)
    page = past_the_password(browser, "/mfa/totp/")
    secret = re.search(
        r'<span class="code">([A-Z2-7]{32})</span>',
        page.content.decode(),
    )
    assert page.status_code == 200 and secret and "data:image/svg+xml" in page.content.decode()
    wrong = browser.post("/mfa/totp/", {"code": "000000"})
    assert wrong.status_code == 200 and browser.get("/admin/")["Location"] == "/mfa/totp/"
    answer = browser.post("/mfa/totp/", {"code": code_of(secret[1])}, follow=True)
    assert answer.request["PATH_INFO"] == "/mfa/codes/"
    assert (
        len(
            re.findall(
                r'<span class="code">\d{8}</span>',
                answer.content.decode(),
            )
        )
        == 10
    )
    assert browser.get("/admin/").status_code == 200


def test_the_code_is_asked_after_the_password(manager: User, visitor: Any) -> None:
    secret = set_up_second_step(manager)
    browser = visitor()
    answer = sign_in(browser, manager.email)
    assert answer["Location"].startswith("/mfa/authenticate/")
    assert browser.get("/admin/").status_code == 302
    assert browser.get("/mfa/authenticate/").status_code == 200
    assert browser.post("/mfa/authenticate/", {"code": "000000"}).status_code == 200
    assert browser.get("/admin/").status_code == 302
    assert browser.post("/mfa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert browser.get("/admin/").status_code == 200


def test_a_code_opens_once(manager: User, visitor: Any) -> None:
    code = code_of(set_up_second_step(manager))
    for expected in (302, 200):
        browser = visitor()
        sign_in(browser, manager.email)
        assert browser.post("/mfa/authenticate/", {"code": code}).status_code == expected


def test_a_recovery_code_opens_once(manager: User, visitor: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    set_up_second_step(manager)
    with inside(GATE):
        code = RecoveryCodes.activate(manager).get_unused_codes()[0]
    for expected in (302, 200):
        browser = visitor()
        sign_in(browser, manager.email)
        assert browser.post("/mfa/authenticate/", {"code": code}).status_code == expected


def test_five_wrong_codes_are_enough(manager: User, visitor: Any) -> None:
    secret = set_up_second_step(manager)
    browser = visitor()
    sign_in(browser, manager.email)
    for _ in range(5):
        browser.post("/mfa/authenticate/", {"code": "000000"})
    browser.post("/mfa/authenticate/", {"code": code_of(secret)})
    assert browser.get("/admin/").status_code == 302


def test_for_others_it_is_a_choice(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    browser = visitor()
    sign_in(browser, user.email)
    assert browser.get("/companies/").status_code == 200
    past_the_password(browser, "/mfa/")
    secret = set_up_second_step(user)
    assert [
        browser.get(page).status_code for page in ("/mfa/", "/mfa/codes/new/", "/mfa/totp/off/")
    ] == [200, 200, 200]
    assert browser.post("/mfa/codes/new/").status_code == 302
    assert browser.get("/mfa/codes/download/")["Content-Type"].startswith("text/plain")
    again = visitor()
    assert sign_in(again, user.email)["Location"].startswith("/mfa/authenticate/")
    again.post("/mfa/authenticate/", {"code": code_of(secret)})
    assert again.get("/companies/").status_code == 200
    assert browser.post("/mfa/totp/off/").status_code == 302
    assert sign_in(visitor(), user.email)["Location"] == "/"


def test_the_api_asks_for_the_code_too(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    secret = set_up_second_step(user)

    def ask(**more: str) -> Any:
        credentials = {"email": user.email, "password": PASSWORD} | more
        return visitor().post("/api/v1/auth/token", credentials, content_type="application/json")

    assert (ask().status_code, ask().json()["title"]) == (
        401,
        "second_step",
    )
    assert ask(code="000000").status_code == 401
    assert ask(code=code_of(secret)).status_code == 200


def test_a_manager_without_one_gets_no_token(manager: User, visitor: Any) -> None:
    credentials = {"email": manager.email, "password": PASSWORD}
    assert (
        visitor()
        .post("/api/v1/auth/token", credentials, content_type="application/json")
        .status_code
        == 401
    )
