"""Guessing is slow, strangers shut nobody out, and all doors of a person count together."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from tenants.accounts import tries
from tenants.kit import limits
from tenants.kit.limits import address_block, address_of
from tenants.kit.outbox import work_off
from tests.world import PASSWORD, Cast

WRONG = "a-wrong-password-1"
Sleeps = list[float]


@pytest.fixture(autouse=True)
def sleeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sleeps]:
    """How long callers had to wait, in seconds; the tests do not."""
    waits: Sleeps = []
    monkeypatch.setattr(time, "sleep", waits.append)
    yield waits


def sign_in(browser: Client, email: str, password: str) -> Any:
    return browser.post("/login/", {"login": email, "password": password})


def ask_token(browser: Client, email: str, password: str) -> Any:
    body = json.dumps({"email": email, "password": password})
    return browser.post("/api/v1/auth/token", body, content_type="application/json")


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer["Location"] == "/")


def guess(visitor: Callable[..., Client], email: str, times: int) -> None:
    """Wrong passwords, each from a network of its own."""
    for _ in range(times):
        assert sign_in(visitor_of_a_network(visitor), email, WRONG).status_code != 302


def visitor_of_a_network(visitor: Callable[..., Client]) -> Client:
    """A browser in a network nobody else of the test is in."""
    browser = visitor()
    last = int(browser.defaults["REMOTE_ADDR"].rpartition(".")[2])
    others = browser.defaults["REMOTE_ADDR"].split(".")
    browser.defaults["REMOTE_ADDR"] = f"11.{last}.{others[2]}.{others[1]}"
    return browser


def test_five_wrong_tries_close_the_door_for_one_network_alone(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    email = person(alpha).email
    stranger = visitor()
    for _ in range(5):
        sign_in(stranger, email, WRONG)
    assert not is_in(sign_in(stranger, email, PASSWORD))
    assert is_in(sign_in(visitor_of_a_network(visitor), email, PASSWORD))


@pytest.mark.parametrize("door", [sign_in, ask_token])
def test_all_doors_of_a_person_count_together(
    alpha: Cast, person: Any, visitor: Any, door: Callable[[Client, str, str], Any]
) -> None:
    email = person(alpha).email
    browser = visitor()
    sign_in(browser, email, WRONG)
    ask_token(browser, email, WRONG)
    sign_in(browser, email.upper(), WRONG)
    ask_token(browser, f" {email}", WRONG)
    assert sign_in(browser, email, WRONG).status_code == 200
    answer = door(browser, email, PASSWORD)
    assert answer.status_code == (200 if door is sign_in else 429)


def test_the_old_password_is_a_door_too(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "dispatcher")
    new = {"new": "green-tea-422", "again": "green-tea-422"}
    answers = [browser.post("/password/new/", {"old": WRONG} | new) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {422}
    assert browser.post("/password/new/", {"old": PASSWORD} | new).status_code == 422


def test_the_owner_gets_in_from_elsewhere_during_an_attack(
    alpha: Cast, person: Any, visitor: Any, sleeps: Sleeps
) -> None:
    """With a mailed code, since this device is new; the next time the device is known."""
    email = person(alpha).email
    guess(visitor, email, 12)
    assert sleeps == [2.0, 4.0, 6.0]
    mail.outbox.clear()
    owner = visitor_of_a_network(visitor)
    answer = sign_in(owner, email, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/login/code/")
    assert owner.get("/companies/")["Location"].startswith("/login/")
    work_off()
    assert {tuple(letter.to) for letter in mail.outbox} == {(email,)}
    (code,) = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))
    assert owner.post("/login/code/", {"code": "WRONG-1"}).status_code == 200
    assert is_in(owner.post("/login/code/", {"code": code}))
    owner.post("/logout/")
    assert is_in(sign_in(owner, email, PASSWORD))


def test_a_device_that_signed_in_before_neither_waits_nor_needs_a_code(
    alpha: Cast, person: Any, visitor: Any, sleeps: Sleeps
) -> None:
    email = person(alpha).email
    owner = visitor()
    assert is_in(sign_in(owner, email, PASSWORD))
    owner.post("/logout/")
    for _ in range(5):  # a stranger in the same network
        sign_in(visitor(), email, WRONG)
    guess(visitor, email, 8)
    sleeps.clear()
    assert is_in(sign_in(owner, email, PASSWORD))
    assert sleeps == []


def test_waits_grow_to_thirty_seconds(
    alpha: Cast, person: Any, visitor: Any, sleeps: Sleeps
) -> None:
    guess(visitor, person(alpha).email, 27)
    assert sleeps == [2.0 * number for number in range(1, 16)] + [30.0] * 3


def test_one_thread_of_a_process_waits_and_the_rest_serves(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    """While one caller waits another of the same person is refused; the try does not count."""
    email = person(alpha).email
    guess(visitor, email, 10)
    with limits._waiting:
        answer = sign_in(visitor_of_a_network(visitor), email, WRONG)
    assert answer.status_code == 200
    assert limits.counted(f"tries:{tries._person(email)}") == 10


def test_the_owner_is_told_once_an_hour(alpha: Cast, person: Any, visitor: Any) -> None:
    email = person(alpha).email
    guess(visitor, email, 9)
    mail.outbox.clear()
    work_off()
    assert [letter.to for letter in mail.outbox] == []
    guess(visitor, email, 4)
    work_off()
    assert [letter.to for letter in mail.outbox] == [[email]]
    assert WRONG not in str(mail.outbox[0].body)


def test_an_unknown_name_is_answered_alike(alpha: Cast, visitor: Any, sleeps: Sleeps) -> None:
    mail.outbox.clear()
    guess(visitor, f"nobody-{uuid4()}@people.test", 12)
    work_off()
    assert sleeps == [2.0, 4.0, 6.0] and mail.outbox == []


def test_an_address_is_slowed_and_never_shut(
    alpha: Cast, person: Any, visitor: Any, sleeps: Sleeps
) -> None:
    """Thirty-one wrong logins behind one proxy, then everybody behind it still gets in."""
    email = person(alpha).email
    shared = visitor()
    for number in range(60):
        sign_in(shared, f"nobody{number}@people.test", WRONG)
    assert sleeps and max(sleeps) == 2.0
    assert is_in(sign_in(shared, email, PASSWORD))


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (0, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "1.2.3.4", "1.2.3.4"),
        (1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "not an address", "10.0.0.1"),
        (1, "10.0.0.1", "1.2.3.4:5678", "1.2.3.4"),
        (1, "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        (1, "10.0.0.1", "::ffff:1.2.3.4", "1.2.3.4"),
        (0, "", "", "unknown"),
    ],
)
def test_the_caller_s_address_is_what_the_own_proxy_saw(
    settings: Any, proxies: int, peer: str, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else None
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("unknown", "unknown"),
    ],
)
def test_a_network_is_what_one_person_can_hold(address: str, block: str) -> None:
    assert address_block(address) == block


def test_made_up_addresses_do_not_help_at_the_api(alpha: Cast, person: Any, visitor: Any) -> None:
    email = person(alpha).email
    browser = visitor()
    answers = []
    for number in range(8):
        browser.defaults["HTTP_X_FORWARDED_FOR"] = f"9.9.{number}.9"
        answers.append(ask_token(browser, email, WRONG).status_code)
    assert answers == [401] * 5 + [429] * 3
