"""Who has no e-mail and forgot the password asks for a new link; the office hands it over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tenants.accounts.models import Membership, User
from tenants.context import PLATFORM, inside
from tenants.kit.models import OutboxEvent
from tenants.kit.outbox import work_off
from tenants.office.models import AuditEvent, Member, Notification
from tenants.permissions import Role
from tests.accounts.conftest import sign_in
from tests.accounts.test_proof import path_of
from tests.platform.test_panel import panel
from tests.world import Cast

__all__ = ["panel"]
FIRST = "green-tea-421"
SECOND = "black-tea-422"
ASK = "/login/link/"
LIST = "/link-requests/"


@pytest.fixture(autouse=True)
def _no_counting() -> None:
    """Counters outlive a rolled-back test."""
    cache.clear()


def phone_of(number: int) -> str:
    return f"+99670055500{number}"


def link_on(page: Any) -> str:
    """The path of the link that a page shows once."""
    (address,) = re.findall(r'id="invitation-link" readonly value="([^"]+)"', page.content.decode())
    return path_of(address)


def hire_client(office: Client, number: int) -> str:
    form = {
        "kind": "client" if number % 2 else "partner",
        "name": f"Firm {number}",
        "full_name": f"Person {number}",
        "phone": phone_of(number),
        "language": "ru",
    }
    return link_on(office.post("/companies/invite/", form, follow=True))


def hire_cargo(office: Client, number: int) -> str:
    form = {"name": f"Staff {number}", "phone": phone_of(number), "role": Role.CARGO_STAFF.value}
    return link_on(office.post("/cargo/users/", form, follow=True))


def let_in(link: str, browser: Client, password: str) -> None:
    if "/invitations/" in link:
        answer = browser.post(link, {"name": "Person", "password": password})
    else:
        answer = browser.post(link, {"new": password, "again": password})
    assert answer.status_code == 302


def ask(browser: Client, login: str) -> None:
    answer = browser.post(ASK, {"login": login})
    assert (answer.status_code, answer["Location"]) == (302, f"{ASK}?sent=1")
    work_off()


def member_with(cast: Cast, phone: str) -> Member:
    with inside(cast.scope):
        return Member.objects.get(phone=phone)


def make_link(office: Client, cast: Cast, phone: str) -> str:
    member = member_with(cast, phone)
    return link_on(office.post(f"{LIST}{member.pk}/make/", follow=True))


def test_a_shop_without_mail_hires_lets_in_and_resets_five_people(
    alpha: Cast, browse: Any, visitor: Any
) -> None:
    mail.outbox.clear()
    head = browse(alpha)
    hiring: list[Callable[[Client, int], str]] = [hire_client] * 3 + [hire_cargo] * 2
    for number, hire in enumerate(hiring, start=1):
        phone = phone_of(number)
        let_in(hire(head, number), visitor(), FIRST)
        browser = visitor()
        assert sign_in(browser, phone, FIRST).status_code == 302
        ask(visitor(), f"0{phone[4:]}")
        link = make_link(head, alpha, phone)
        assert browser.get("/sessions/").status_code == 302, "the old session ends"
        assert sign_in(visitor(), phone, FIRST).status_code == 200
        answer = visitor().post(link, {"new": SECOND, "again": SECOND})
        assert answer.status_code == 302
        assert sign_in(visitor(), phone, SECOND).status_code == 302
        assert visitor().post(link, {"new": FIRST, "again": FIRST}).status_code == 404
    work_off()
    assert mail.outbox == []
    with inside(alpha.scope):
        assert AuditEvent.objects.filter(action="member.link").count() == 5
        assert not Member.objects.filter(link_asked_at__isnull=False).exists()


@pytest.fixture
def forgetful(alpha: Cast, browse: Any, visitor: Any) -> str:
    """A client's person who came in by a phone; the phone."""
    let_in(hire_client(browse(alpha), 1), visitor(), FIRST)
    return phone_of(1)


def test_the_request_stands_in_the_office_with_a_count_and_news(
    alpha: Cast, browse: Any, visitor: Any, forgetful: str
) -> None:
    office = browse(alpha, "dispatcher")
    assert "Firm 1" not in office.get(LIST).content.decode()
    ask(visitor(), forgetful)
    page = office.get(LIST).content.decode()
    assert "Firm 1" in page and forgetful in page and "person@alpha" in page
    assert office.get(f"{LIST}count/").content.decode().strip() == '<span class="dot">1</span>'
    assert f'hx-get="{LIST}count/"' in office.get("/companies/").content.decode()
    with inside(alpha.scope):
        news = Notification.objects.filter(url=LIST)
        people = set(news.values_list("member_id", flat=True))
    expected = {alpha.actor(name).member_id for name in ("head", "dispatcher")}
    assert people == expected
    ask(visitor(), forgetful)
    with inside(alpha.scope):
        assert Notification.objects.filter(url=LIST).count() == 2, "asked twice, told once"


def test_a_link_is_handed_over_by_messenger_or_from_the_screen(
    alpha: Cast, browse: Any, visitor: Any, forgetful: str
) -> None:
    ask(visitor(), forgetful)
    office = browse(alpha, "dispatcher")
    member = member_with(alpha, forgetful)
    page = office.post(f"{LIST}{member.pk}/make/", follow=True).content.decode()
    for way in (f"https://wa.me/{forgetful[1:]}?text=", "https://t.me/share/url?", "line.me/R/"):
        assert way in page, way
    assert 'class="qr"' in page and 'id="ready-text"' in page


def test_a_stranger_learns_nothing_and_one_thing_is_written(
    alpha: Cast, visitor: Any, forgetful: str
) -> None:
    """SECURITY T24: the login is looked up by the worker."""
    with inside(PLATFORM):
        before = OutboxEvent.objects.filter(topic="login.link_asked").count()
    answers = [visitor().post(ASK, {"login": login}) for login in (forgetful, "+996700999999", "x")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"{ASK}?sent=1")
    }
    with inside(PLATFORM):
        rows = OutboxEvent.objects.filter(topic="login.link_asked")
        assert rows.count() == before + 3
    work_off()
    with inside(alpha.scope):
        assert Member.objects.filter(link_asked_at__isnull=False).count() == 1


def test_nobody_is_asked_for_more_than_three_times_an_hour(visitor: Any, forgetful: str) -> None:
    with inside(PLATFORM):
        before = OutboxEvent.objects.filter(topic="login.link_asked").count()
    for _ in range(5):
        assert visitor().post(ASK, {"login": forgetful}).status_code == 302
    with inside(PLATFORM):
        assert OutboxEvent.objects.filter(topic="login.link_asked").count() == before + 3


def test_only_those_who_may_invite_make_links(
    alpha: Cast, beta: Cast, browse: Any, visitor: Any, forgetful: str
) -> None:
    ask(visitor(), forgetful)
    member = member_with(alpha, forgetful)
    make = f"{LIST}{member.pk}/make/"
    assert browse(alpha, "accountant").post(make).status_code == 403
    assert browse(alpha, "client2").post(make).status_code == 404
    assert browse(beta).post(make).status_code == 404
    assert browse(beta).get(LIST).content.decode().count(forgetful) == 0
    assert sign_in(visitor(), forgetful, FIRST).status_code == 302, "nothing was ended"


def test_people_of_the_module_are_the_head_s(alpha: Cast, browse: Any, visitor: Any) -> None:
    let_in(hire_cargo(browse(alpha), 4), visitor(), FIRST)
    ask(visitor(), phone_of(4))
    member = member_with(alpha, phone_of(4))
    office = browse(alpha, "dispatcher")
    assert "Staff 4" not in office.get(LIST).content.decode()
    assert office.post(f"{LIST}{member.pk}/make/").status_code == 404
    assert "Staff 4" in browse(alpha).get(LIST).content.decode()


def test_a_request_is_dismissed(alpha: Cast, browse: Any, visitor: Any, forgetful: str) -> None:
    ask(visitor(), forgetful)
    member = member_with(alpha, forgetful)
    office = browse(alpha, "dispatcher")
    assert office.post(f"{LIST}{member.pk}/dismiss/").status_code == 302
    assert office.post(f"{LIST}{member.pk}/dismiss/").status_code == 404
    assert member_with(alpha, forgetful).link_asked_at is None
    with inside(alpha.scope):
        assert AuditEvent.objects.filter(action="member.link_dismiss").count() == 1
    assert sign_in(visitor(), forgetful, FIRST).status_code == 302


def test_people_of_an_office_stand_in_the_panel(
    alpha: Cast, person: Any, visitor: Any, panel: Any
) -> None:
    user: User = person(alpha, role=Role.DISPATCHER)
    ask(visitor(), user.email)
    with inside(PLATFORM):
        membership = Membership.objects.get(user=user)
    assert membership.link_asked_at is not None
    with inside(alpha.scope):
        assert Member.objects.get(pk=membership.pk).link_asked_at is None
    assert user.email in panel.get("/admin/link-requests/").content.decode()
    page = panel.post("/admin/link-requests/", {"one": str(membership.pk)}).content.decode()
    (address,) = re.findall(r"https?://\S+/password/set/[^\s<]+", page)
    link = path_of(address)
    assert visitor().post(link, {"new": SECOND, "again": SECOND}).status_code == 302
    assert panel.post("/admin/link-requests/", {"one": str(membership.pk)}).status_code == 404
    with inside(alpha.scope):
        assert AuditEvent.objects.filter(action="member.link").count() == 1


def test_a_person_of_two_resellers_is_helped_by_mail_alone(
    alpha: Cast, beta: Cast, person: Any, visitor: Any
) -> None:
    user: User = person(alpha, beta, role=Role.CARGO_STAFF, proven_at=timezone.now())
    mail.outbox.clear()
    ask(visitor(), user.email)
    work_off()
    (letter,) = mail.outbox
    assert letter.to == [user.email]
    (address,) = re.findall(r"https?://\S+/password/set/\S+", str(letter.body))
    for cast in (alpha, beta):
        with inside(cast.scope):
            assert not Member.objects.filter(link_asked_at__isnull=False).exists()
    assert visitor().post(path_of(address), {"new": SECOND, "again": SECOND}).status_code == 302


def test_an_empty_login_is_said_at_its_field(visitor: Any) -> None:
    answer = visitor().post(ASK, {"login": " "})
    assert answer.status_code == 422 and "field-error" in answer.content.decode()


def test_nobody_without_e_mail_is_given_a_password_that_goes_nowhere(
    alpha: Cast, visitor: Any, panel: Any, forgetful: str
) -> None:
    with inside(PLATFORM):
        user = User.objects.get(phone=forgetful)
    form = {"action": "reset_access", "_selected_action": [str(user.pk)]}
    panel.post("/admin/accounts/user/", form, follow=True)
    assert sign_in(visitor(), forgetful, FIRST).status_code == 302
