"""The one login for everyone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.context import GATE, PLATFORM, inside
from tenants.permissions import Role
from tests.accounts.conftest import sign_in
from tests.world import PASSWORD, Cast


def plain(answer: Any, typed: str) -> str:
    """The page without what differs from answer to answer anyway: nonces, tokens and the typed
    address itself.
    """
    text = answer.content.decode().replace(typed, "")
    return re.sub(r'(nonce|content|value)="[^"]*"', "", text)


def test_the_right_password_leads_home(alpha: Cast, person: Any, visitor: Any) -> None:
    browser = visitor()
    answer = sign_in(browser, person(alpha).email)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/companies/").status_code == 200


def test_the_case_of_the_e_mail_does_not_matter(alpha: Cast, person: Any, visitor: Any) -> None:
    assert sign_in(visitor(), person(alpha).email.upper()).status_code == 302


def test_login_goes_on_to_the_page_that_was_asked(alpha: Cast, person: Any, visitor: Any) -> None:
    browser = visitor()
    user = person(alpha)
    redirect = browser.get("/companies/?q=x")
    assert redirect["Location"] == "/login/?next=%2Fcompanies%2F%3Fq%3Dx"
    answer = browser.post(
        redirect["Location"],
        {
            "login": user.email,
            "password": PASSWORD,
            "next": "/companies/?q=x",
        },
    )
    assert answer["Location"] == "/companies/?q=x"


def test_login_never_leads_to_another_site(alpha: Cast, person: Any, visitor: Any) -> None:
    answer = visitor().post(
        "/login/?next=https://evil.test/",
        {"login": person(alpha).email, "password": PASSWORD},
    )
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("role", "home"),
    [(Role.DISPATCHER, "/"), (Role.CARGO_SALE, "/cargo/")],
)
def test_each_kind_of_person_lands_at_home(
    alpha: Cast, person: Any, visitor: Any, role: Role, home: str
) -> None:
    assert sign_in(visitor(), person(alpha, role=role).email)["Location"] == home


def test_cabinet_people_land_in_their_cabinets(alpha: Cast, visitor: Any) -> None:
    assert sign_in(visitor(), "client@alpha.test")["Location"] == "/cabinet/"
    assert sign_in(visitor(), "partner@alpha.test")["Location"] == "/partner/"


def test_a_wrong_password_keeps_the_address_typed(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    answer = sign_in(visitor(), user.email, "wrong")
    assert answer.status_code == 200
    assert user.email in answer.content.decode()
    assert "wrong" not in plain(answer, user.email).replace("wrong-", "")


def test_unknown_known_and_switched_off_get_the_same_answer(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    active = person(alpha).email
    off = person(alpha, is_active=False).email
    unknown = "nobody-9@people.test"
    answers = [plain(sign_in(visitor(), email, "wrong"), email) for email in (active, off, unknown)]
    assert answers[0] == answers[1] == answers[2]
    switched_off = sign_in(visitor(), off)  # even with the right password
    assert switched_off.status_code == 200 and plain(switched_off, off) == answers[0]


def test_five_wrong_tries_and_the_right_password_is_refused_too(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    email = person(alpha).email
    for _ in range(5):
        assert sign_in(visitor(), email, "wrong").status_code == 200  # from five addresses
    assert sign_in(visitor(), email).status_code == 200
    browser = visitor()
    sign_in(browser, email)
    assert browser.get("/companies/").status_code == 302


def test_right_logins_are_not_counted(alpha: Cast, person: Any, visitor: Any) -> None:
    email = person(alpha).email
    assert [sign_in(visitor(), email).status_code for _ in range(7)] == [302] * 7


def test_the_session_changes_its_name_at_login(alpha: Cast, person: Any, visitor: Any) -> None:
    browser = visitor()
    with inside(GATE):
        session = browser.session
        session.save()
    planted = browser.cookies["sid"].value
    sign_in(browser, person(alpha).email)
    assert browser.cookies["sid"].value != planted
    assert visitor().get("/companies/").status_code == 302


def test_signing_out_ends_the_session(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "dispatcher")
    assert browser.get("/companies/").status_code == 200
    browser.post("/logout/")
    assert browser.get("/companies/").status_code == 302


def test_cookies_are_kept_from_scripts_and_other_sites(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    browser = visitor()
    sign_in(browser, person(alpha).email)
    sid = browser.cookies["sid"]
    assert (bool(sid["httponly"]), sid["samesite"]) == (True, "Lax")


def test_signed_in_pages_are_not_kept_by_anyone(alpha: Cast, browse: Any) -> None:
    for page in ("/companies/", "/password/new/", "/switch/"):
        assert "no-store" in browse(alpha, "dispatcher").get(page)["Cache-Control"], page


def test_nobody_signs_up(visitor: Any) -> None:
    assert visitor().get("/signup/").status_code == 404


def test_a_form_without_its_token_is_refused(alpha: Cast, person: Any) -> None:
    from django.test import Client

    email = person(alpha).email
    answer = Client(enforce_csrf_checks=True).post(
        "/login/", {"login": email, "password": PASSWORD}
    )
    assert answer.status_code == 403
    with inside(PLATFORM):
        assert User.objects.get(email=email).last_login is None
