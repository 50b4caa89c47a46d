"""One table of doors and of who knocks: a stranger learns nothing at any of them, an owner gets in.

FAULTS D1, D2, D5, D6, D7.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tenants.accounts import driver_login
from tenants.accounts.models import User
from tenants.context import inside
from tenants.drivers import pool
from tenants.kit.outbox import work_off
from tests.world import PASSWORD, Cast

WRONG = "a-wrong-password-1"
PIN = "482913"
WRONG_PIN = "100000"
PASSING = re.compile(r'(nonce|content|value)="[^"]*"|"(request|id)": *"[^"]*"')
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def page(browser: Client, name: str, secret: str) -> Any:
    return browser.post("/login/", {"login": name, "password": secret})


def panel(browser: Client, name: str, secret: str) -> Any:
    return browser.post("/login/?next=/admin/", {"login": name, "password": secret})


def token(browser: Client, name: str, secret: str) -> Any:
    return send(browser, "token", {"email": name, "password": secret})


def reset(browser: Client, name: str, secret: str) -> Any:
    """Forgotten passwords: the secret is the mailbox."""
    return browser.post("/password/reset/", {"email": name})


def driver_page(browser: Client, name: str, secret: str) -> Any:
    return browser.post("/driver/login/", {"phone": name, "pin": secret})


def driver_token(browser: Client, name: str, secret: str) -> Any:
    return send(browser, "driver", {"phone": name, "pin": secret, "device": "of-a-stranger"})


def enrolment(browser: Client, name: str, secret: str) -> Any:
    return browser.post("/driver/enrol/", {"phone": name, "code": secret})


def enrolment_token(browser: Client, name: str, secret: str) -> Any:
    return send(browser, "driver/enrol", {"phone": name, "code": secret})


def send(browser: Client, door: str, body: dict[str, str]) -> Any:
    address = f"/api/v1/auth/{door}"
    return browser.post(address, json.dumps(body), content_type="application/json")


@dataclass(frozen=True)
class Door:
    knock: Callable[[Client, str, str], Any]
    opens: tuple[int, str]  # status and where it leads to
    throttled: int  # status after too many wrong tries


BY_PASSWORD = {
    "page": Door(page, (302, "/"), 200),
    "panel": Door(panel, (302, "/admin/"), 200),
    "token": Door(token, (200, ""), 429),
}
BY_MAIL = {"reset": Door(reset, (302, "/password/reset/done/"), 429)}
BY_PHONE = {
    "driver's page": Door(driver_page, (422, ""), 422),
    "driver's token": Door(driver_token, (401, ""), 429),
    "enrolment": Door(enrolment, (422, ""), 422),
    "enrolment by API": Door(enrolment_token, (401, ""), 429),
}
OF_PEOPLE = BY_PASSWORD | BY_MAIL

PEOPLE: dict[str, Callable[[Any, Cast, Cast], str]] = {
    "known": lambda person, alpha, beta: email_of(person(alpha)),
    "known elsewhere": lambda person, alpha, beta: email_of(person(beta)),
    "of two resellers": lambda person, alpha, beta: email_of(person(alpha, beta)),
    "unproven": lambda person, alpha, beta: email_of(person(alpha, proven_at=None)),
    "without a reseller": lambda person, alpha, beta: email_of(person()),
    "blocked": lambda person, alpha, beta: email_of(person(alpha, is_active=False)),
}


def email_of(user: User) -> str:
    return user.email


def unknown() -> str:
    return f"nobody-{random.randrange(10**12)}@people.test"


def phone_of_nobody() -> str:
    return f"+99670{random.randrange(10**7):07d}"


def seen(answer: Any, name: str) -> tuple[int, str, str]:
    """What whoever knocks sees of the answer, but for what changes each time and what they typed."""
    text = PASSING.sub("", answer.content.decode()).replace(name, "")
    return (answer.status_code, answer.get("Location", ""), text)


def opened(answer: Any) -> tuple[int, str]:
    return (answer.status_code, answer.get("Location", ""))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("door", OF_PEOPLE)
def test_a_stranger_sees_the_same_whether_the_person_exists(
    alpha: Cast, beta: Cast, person: Any, visitor: Any, door: str, who: str
) -> None:
    """Also when the door is shut after too many tries."""
    knock = OF_PEOPLE[door].knock
    names = (PEOPLE[who](person, alpha, beta), unknown())
    stranger, other = visitor(), visitor()
    for turn in range(7):
        of_person = seen(knock(stranger, names[0], WRONG), names[0])
        of_nobody = seen(knock(other, names[1], WRONG), names[1])
        assert of_person == of_nobody, turn
    assert of_person[0] == OF_PEOPLE[door].throttled


@pytest.mark.parametrize("door", BY_PHONE)
def test_a_stranger_sees_the_same_whether_the_driver_exists(
    alpha: Cast, visitor: Any, door: str
) -> None:
    knock = BY_PHONE[door].knock
    names = (driver_of(alpha), phone_of_nobody())
    stranger, other = visitor(), visitor()
    for turn in range(7):
        of_person = seen(knock(stranger, names[0], WRONG_PIN), names[0])
        of_nobody = seen(knock(other, names[1], WRONG_PIN), names[1])
        assert of_person == of_nobody, turn
    assert of_person[0] == BY_PHONE[door].throttled


@pytest.mark.parametrize("door", BY_PHONE)
def test_the_right_pin_opens_nothing_on_a_phone_nobody_enrolled(
    alpha: Cast, visitor: Any, door: str
) -> None:
    answer = BY_PHONE[door].knock(visitor(), driver_of(alpha), PIN)
    assert opened(answer) == BY_PHONE[door].opens
    assert "sessionid" not in answer.cookies or not answer.cookies["sessionid"].value


def driver_of(cast: Cast) -> str:
    """The phone of a driver who may sign in on one phone, enrolled by a code."""
    phone = phone_of_nobody()
    now = timezone.now()
    with inside(cast.scope):
        driver = pool.register_driver(name="Azamat", on=now.date(), at=now, phone=phone)
    driver_login.give_access(driver_id=driver.pk, phone=phone, pin=PIN, at=now)
    return phone


@pytest.mark.parametrize("who", ["known", "known elsewhere", "unproven"])
@pytest.mark.parametrize("door", BY_PASSWORD)
def test_the_owner_gets_in(
    alpha: Cast, beta: Cast, person: Any, visitor: Any, door: str, who: str
) -> None:
    email = PEOPLE[who](person, alpha, beta)
    answer = BY_PASSWORD[door].knock(visitor(), email, PASSWORD)
    assert opened(answer) == BY_PASSWORD[door].opens


@pytest.mark.parametrize("who", ["blocked", "without a reseller"])
def test_who_belongs_nowhere_gets_no_token(
    alpha: Cast, beta: Cast, person: Any, visitor: Any, who: str
) -> None:
    email = PEOPLE[who](person, alpha, beta)
    assert token(visitor(), email, PASSWORD).status_code == 401


@pytest.mark.parametrize("door", BY_PASSWORD)
def test_behind_one_proxy_a_stranger_shuts_the_own_network_alone(
    alpha: Cast, person: Any, visitor: Any, settings: Any, door: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    email = email_of(person(alpha))
    proxy = visitor()
    knock = BY_PASSWORD[door].knock
    network = random.randrange(256)
    for made_up in range(5):
        proxy.defaults["HTTP_X_FORWARDED_FOR"] = f"9.9.9.{made_up}, 12.1.{network}.7"
        knock(proxy, email, WRONG)
    proxy.defaults["HTTP_X_FORWARDED_FOR"] = f"9.9.9.99, 12.1.{network}.7"
    assert opened(knock(proxy, email, PASSWORD)) != BY_PASSWORD[door].opens
    proxy.defaults["HTTP_X_FORWARDED_FOR"] = f"12.2.{network}.7"
    assert opened(knock(proxy, email, PASSWORD)) == BY_PASSWORD[door].opens


def test_twenty_owners_of_twenty_get_in_from_elsewhere_during_an_attack(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    """Each is guessed at twelve times over both doors, from networks all over the world."""
    came_in = []
    for number in range(20):
        email = email_of(person(alpha))
        for turn in range(12):
            stranger = visitor()
            stranger.defaults["REMOTE_ADDR"] = f"13.{number}.{turn}.1"
            (page if turn % 2 else token)(stranger, email, WRONG)
        owner = visitor()
        owner.defaults["REMOTE_ADDR"] = f"14.{number}.1.1"
        mail.outbox.clear()
        answer = page(owner, email, PASSWORD)
        assert opened(answer) == (302, "/login/code/")
        work_off()
        (code,) = CODE.findall(str(mail.outbox[-1].body))
        came_in.append(opened(owner.post("/login/code/", {"code": code})))
    assert came_in == [(302, "/")] * 20
