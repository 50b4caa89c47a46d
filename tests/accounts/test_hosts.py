"""Hosts and links (FAULTS D1): only the own host is answered, and every letter leads to it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from config.hosts import own_hosts, source_of_tiles
from tenants.context import PLATFORM, inside
from tenants.kit.models import OutboxEvent
from tenants.kit.outbox import work_off
from tests.guards.test_source import PACKAGES, sources
from tests.world import Cast

EVIL = "evil.example"


def letters_to(email: str) -> list[mail.EmailMessage]:
    mail.outbox.clear()
    work_off()
    return [letter for letter in mail.outbox if letter.to == [email]]


@pytest.mark.parametrize(
    ("public_url", "hosts"),
    [
        ("https://crm.example", ["crm.example"]),
        ("https://crm.example:8443/", ["crm.example"]),
        ("https://[2001:db8::5]", ["[2001:db8::5]"]),
        ("http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("http://[::1]:8000", ["127.0.0.1", "localhost", "[::1]"]),
        ("http://0.0.0.0:8000", ["127.0.0.1", "localhost", "[::1]"]),
    ],
)
def test_the_own_hosts_follow_from_the_public_address(public_url: str, hosts: list[str]) -> None:
    assert own_hosts(public_url) == hosts


@pytest.mark.parametrize(
    ("template", "source"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}?key=1", "https://*.tiles.example:8443"),
    ],
)
def test_tiles_are_allowed_by_their_host_whatever_their_path(template: str, source: str) -> None:
    assert source_of_tiles(template) == source


@pytest.mark.parametrize("path", ["/", "/login/", "/password/reset/", "/admin/", "/api/v1/orders"])
def test_an_unknown_host_is_refused(visitor: Any, path: str) -> None:
    browser = visitor()
    assert browser.get(path, HTTP_HOST=EVIL).status_code == 400
    assert browser.post(path, HTTP_HOST=f"{EVIL}:80").status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/healthz/", "/readyz"])
def test_a_probe_may_name_any_host(visitor: Any, path: str) -> None:
    assert visitor().get(path, HTTP_HOST="10.1.2.3:8000").status_code in (200, 503)


def test_no_letter_leaves_when_another_host_is_named(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    email = person(alpha).email
    browser = visitor()
    answer = browser.post("/password/reset/", {"email": email}, HTTP_HOST=EVIL)
    assert answer.status_code == 400
    assert letters_to(email) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_X_FORWARDED_HOST": EVIL},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_SERVER": EVIL, "HTTP_FORWARDED": f"host={EVIL}"},
        {"HTTP_ORIGIN": f"https://{EVIL}", "HTTP_REFERER": f"https://{EVIL}/"},
    ],
)
def test_a_reset_letter_leads_to_the_public_address(
    alpha: Cast, person: Any, visitor: Any, headers: dict[str, str]
) -> None:
    email = person(alpha).email
    visitor().post("/password/reset/", {"email": email}, **headers)
    (letter,) = letters_to(email)
    addresses = re.findall(r"https?://\S+", str(letter.body))
    assert [f"{urlsplit(one).scheme}://{urlsplit(one).netloc}" for one in addresses] == [
        settings.PUBLIC_URL
    ]
    assert EVIL not in str(letter.message())
    assert "127.0.0.1" not in str(letter.subject)


def test_a_reset_letter_goes_through_the_outbox(alpha: Cast, person: Any, visitor: Any) -> None:
    """FAULTS G1: a silent mail server holds no page, and a known address answers as an unknown one."""
    email = person(alpha).email
    mail.outbox.clear()
    answers = [
        visitor().post("/password/reset/", {"email": address})
        for address in (email, "nobody@people.test")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/password/reset/sent/")
    }
    assert mail.outbox == []
    with inside(PLATFORM):
        waiting = OutboxEvent.objects.filter(topic="mail.send", done_at=None)
        assert [event.payload["to"] for event in waiting] == [email]


def test_letters_leave_by_the_outbox_alone() -> None:
    senders = re.compile(r"\b(send_mail|send_mass_mail|mail_admins|mail_managers)\(|\.send\(\)")
    places = [
        path
        for path, text in sources(".py", under=(*PACKAGES, "script"))
        for line in text.splitlines()
        if senders.search(line) and "def send_mail" not in line
    ]
    assert places == ["tenants/kit/mail.py"]
    assert settings.EMAIL_TIMEOUT == 10


def test_no_address_is_made_of_the_host_that_a_request_names() -> None:
    asks_for_host = re.compile(r"build_absolute_uri|get_host\(|HTTP_HOST|get_current_site")
    places = [
        f"{path}: {line.strip()}"
        for ending in (".py", ".html", ".txt")
        for path, text in sources(ending, under=(*PACKAGES, "templates"))
        for line in text.splitlines()
        if asks_for_host.search(line)
    ]
    assert places == [
        'tenants/entry/middleware.py: request.META["HTTP_HOST"] = own_host',
        # looks it up among the hosts that resellers have proven
        'tenants/entry/middleware.py: named = request.META.get("HTTP_HOST", "")',
        # compares it with the neutral host, which opens checks of papers alone
        "tenants/entry/middleware.py: if not stands_apart or request.get_host() != host:",
    ]


def test_the_neutral_host_opens_checks_of_papers_alone(settings: Any) -> None:
    settings.VERIFY_URL = "http://docs.example"
    settings.ALLOWED_HOSTS = ["testserver", "docs.example"]
    neutral = Client(SERVER_NAME="docs.example")
    for path in ("/", "/login/", "/admin/", "/api/v1/orders", "/cabinet/contract/"):
        assert neutral.get(path).status_code == 404, path
        assert b"login" not in neutral.get(path).content
    assert Client().get("/login/").status_code == 200
