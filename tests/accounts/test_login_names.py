"""People without e-mail: in by a phone in any spelling, or by a name of their reseller's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tenants.accounts import login_names
from tenants.accounts.models import Membership, User
from tenants.context import GATE, PLATFORM, inside
from tests.accounts.conftest import sign_in
from tests.accounts.test_login import plain
from tests.accounts.test_tries import WRONG
from tests.world import PASSWORD, Cast

Newcomer = Callable[..., User]
PHONE = "+996700123456"


@pytest.fixture
def newcomer(person: Any, alpha: Cast) -> Newcomer:
    """newcomer(cast, "aibek") has a phone and a login name, and no e-mail."""

    def make(cast: Cast, name: str = "", phone: str = PHONE) -> User:
        user: User = person(cast, phone=phone, proven_at=None)
        with inside(PLATFORM):
            User.objects.filter(pk=user.pk).update(email="")
            Membership.objects.filter(user=user).update(login_name=name)
            user.refresh_from_db()
        return user

    return make


def ask_token(browser: Client, login: str, password: str = PASSWORD) -> Any:
    body = json.dumps({"login": login, "password": password})
    return browser.post("/api/v1/auth/token", body, content_type="application/json")


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302)


@pytest.mark.parametrize(
    "typed",
    [PHONE, "+996 700 12-34-56", "0700 123 456", "(0700) 123-456", "996700123456", "700123456"],
)
def test_a_phone_opens_in_any_spelling(
    alpha: Cast, newcomer: Newcomer, visitor: Any, typed: str
) -> None:
    newcomer(alpha)
    assert is_in(sign_in(visitor(), typed))
    assert not is_in(sign_in(visitor(), typed, WRONG))


@pytest.mark.parametrize("typed", ["aibek@alpha", " Aibek@ALPHA "])
def test_a_name_of_the_reseller_opens(
    alpha: Cast, beta: Cast, newcomer: Newcomer, visitor: Any, typed: str
) -> None:
    newcomer(alpha, "aibek")
    newcomer(beta, "aibek", "+66812345678")
    browser = visitor()
    assert is_in(sign_in(browser, typed))
    assert browser.get("/companies/").status_code == 200
    assert "Alpha" in browser.get("/companies/").content.decode()


def test_the_api_takes_each_of_them(alpha: Cast, newcomer: Newcomer, visitor: Any) -> None:
    newcomer(alpha, "aibek")
    for login in (PHONE, "0700 123 456", "aibek@alpha"):
        assert ask_token(visitor(), login).status_code == 200
    body = json.dumps({"password": PASSWORD})
    answer = visitor().post("/api/v1/auth/token", body, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["login"])


def test_a_phone_of_two_people_opens_nobody_in_the_words_of_a_stranger(
    alpha: Cast, beta: Cast, newcomer: Newcomer, visitor: Any
) -> None:
    newcomer(alpha, "one")
    newcomer(beta, "two")
    stranger = "+996700999999"
    answers = [plain(sign_in(visitor(), login), login) for login in (PHONE, stranger)]
    assert answers[0] == answers[1]
    token = ask_token(visitor(), PHONE)
    assert token.status_code == 401
    assert token.json() == ask_token(visitor(), stranger).json()
    assert is_in(sign_in(visitor(), "one@alpha")) and is_in(sign_in(visitor(), "two@beta"))


def test_who_left_has_no_right_to_the_number(
    alpha: Cast, beta: Cast, newcomer: Newcomer, visitor: Any
) -> None:
    former = newcomer(alpha)
    newcomer(beta)
    with inside(PLATFORM):
        Membership.objects.filter(user=former).update(is_active=False)
    assert is_in(sign_in(visitor(), PHONE))


def test_nobody_learns_which_logins_there_are(
    alpha: Cast, newcomer: Newcomer, visitor: Any
) -> None:
    newcomer(alpha, "aibek")
    logins = [
        "aibek@alpha",
        "nobody@alpha",
        "aibek@nowhere",
        PHONE,
        "+996700999999",
        "zzqq@",
        "zzqq",
    ]
    answers = {plain(sign_in(visitor(), login, WRONG), login) for login in logins}
    assert len(answers) == 1


def test_a_hash_is_computed_for_nobody_too(
    alpha: Cast, newcomer: Newcomer, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SECURITY T24: the time of an answer tells nothing."""
    newcomer(alpha, "aibek")
    hashed: list[str] = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: hashed.append(raw))
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))
    logins = ["aibek@alpha", "nobody@alpha", PHONE, "+996700999999", "nobody@people.test", "x"]
    for login in logins:
        sign_in(visitor(), login, WRONG)
    assert hashed == [WRONG] * len(logins)


def test_all_names_of_a_person_count_together(
    alpha: Cast, newcomer: Newcomer, visitor: Any
) -> None:
    newcomer(alpha, "aibek")
    browser = visitor()
    for login in (PHONE, "0700 123 456", "aibek@alpha", "AIBEK@alpha", "+996 700 123456"):
        sign_in(browser, login, WRONG)
    assert not is_in(sign_in(browser, PHONE))
    assert ask_token(browser, "aibek@alpha").status_code == 429


def test_the_password_is_asked_again_of_people_without_e_mail(
    alpha: Cast, newcomer: Newcomer, visitor: Any
) -> None:
    newcomer(alpha)
    browser = visitor()
    sign_in(browser, PHONE)
    assert browser.post("/login/again/", {"password": WRONG}).status_code == 200
    assert browser.post("/login/again/", {"password": PASSWORD}).status_code == 302


def test_pages_name_the_person_by_the_phone(alpha: Cast, newcomer: Newcomer, visitor: Any) -> None:
    newcomer(alpha)
    browser = visitor()
    sign_in(browser, PHONE)
    for page in ("/companies/", "/sessions/", "/switch/", "/password/new/"):
        assert browser.get(page).status_code == 200, page
    assert PHONE in browser.get("/companies/").content.decode()


def test_an_attack_makes_a_phone_wait_and_shuts_nobody_out(
    alpha: Cast, newcomer: Newcomer, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no mailed code for people without e-mail."""
    import time

    from tests.accounts.test_tries import guess, visitor_of_a_network

    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    newcomer(alpha)
    guess(visitor, PHONE, 12)
    assert sign_in(visitor_of_a_network(visitor), PHONE)["Location"] == "/"


def test_an_e_mail_is_one_person_s_and_none_is_nobody_s(alpha: Cast) -> None:
    with inside(PLATFORM):
        User.objects.create_user(name="One")
        User.objects.create_user(name="Two")
        User.objects.create_user("same@people.test", name="Three")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user("SAME@people.test", name="Four")


def test_a_login_name_is_one_person_s_in_a_reseller(
    alpha: Cast, beta: Cast, newcomer: Newcomer
) -> None:
    newcomer(alpha, "aibek")
    newcomer(beta, "aibek")
    with inside(PLATFORM), pytest.raises(IntegrityError), transaction.atomic():
        newcomer(alpha, "AIBEK", "+996700123457")


def test_names_are_made_from_what_people_are_called(alpha: Cast, newcomer: Newcomer) -> None:
    newcomer(alpha, "aybek")
    with inside(GATE):
        names = [
            login_names.free_name(name, alpha.info.id)
            for name in ("Айбек Асанов", "Жыпар", "Somchai Jaidee", "สมชาย", "")
        ]
    assert names == ["aybek2", "zhypar", "somchai", "user", "user"]


def test_what_is_no_name_is_refused() -> None:
    fine = ["a", "somchai", "a.b-c_d", "s1"]
    assert [name for name in fine if not login_names.is_name(name)] == []
    wrong = ["", ".a", "a.", "a b", "айбек", "a@b", "a" * 41, "A"]
    assert [name for name in wrong if login_names.is_name(name)] == []


def test_the_login_page_asks_one_question(visitor: Any) -> None:
    page = Client().get("/login/", headers={"Accept-Language": "en"}).content.decode()
    assert "E-mail, phone or login name" in page
    (field,) = re.findall(r'<input[^>]*name="login"[^>]*>', page)
    assert 'type="text"' in field and 'autocomplete="username"' in field


def test_a_dispatcher_without_e_mail_is_not_mailed(alpha: Cast, newcomer: Newcomer) -> None:
    from tenants.kit import mail
    from tenants.kit.models import OutboxEvent

    user = newcomer(alpha)
    with inside(PLATFORM):
        mail.queue({"to": user.email, "subject": "s", "text": "t"})
        assert not OutboxEvent.objects.filter(topic="mail.send", payload__subject="s").exists()
