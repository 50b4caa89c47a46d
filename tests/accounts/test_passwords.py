"""One-time passwords, new passwords, lost passwords."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tenants.accounts import tokens
from tenants.accounts.models import ApiToken, User
from tenants.context import GATE, PLATFORM, inside
from tenants.kit.outbox import work_off
from tenants.office.models import AuditEvent
from tenants.panel import access
from tests.accounts.conftest import MANAGER, membership_of, sign_in
from tests.world import PASSWORD, Cast

NEW = "quite-another-1"


def asked_for_link(browser: Any, email: str) -> str:
    mail.outbox.clear()
    browser.post("/password/reset/", {"email": email})
    work_off()
    (letter,) = mail.outbox
    link = re.search(r"https?://[^/]+(/password/reset/key/\S+)", str(letter.body))
    assert link
    return link[1]


def test_a_one_time_password_opens_only_the_page_that_changes_it(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    browser = visitor()
    sign_in(browser, person(alpha, must_change_password=True).email)
    for page in ("/", "/companies/", "/orders/", "/admin/", "/ui/"):
        answer = browser.get(page)
        assert (answer.status_code, answer["Location"]) == (
            302,
            "/password/new/",
        ), page
    assert browser.post("/companies/", {"name": "x"}).status_code == 302
    assert (
        browser.get("/companies/", headers={"HX-Request": "true"})["HX-Redirect"]
        == "/password/new/"
    )


def test_a_new_password_opens_the_rest_and_keeps_the_session(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    browser = visitor()
    user = person(alpha, must_change_password=True)
    sign_in(browser, user.email)
    answer = browser.post("/password/new/", {"new": NEW, "again": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/companies/").status_code == 200
    assert sign_in(visitor(), user.email).status_code == 200
    assert sign_in(visitor(), user.email, NEW).status_code == 302


@pytest.mark.parametrize(
    ("passwords", "field"),
    [
        ({"new": "short", "again": "short"}, "new"),
        ({"new": "password123", "again": "password123"}, "new"),
        ({"new": NEW, "again": NEW + "x"}, "again"),
        ({"new": PASSWORD, "again": PASSWORD}, "new"),
        ({}, "new"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(
    alpha: Cast,
    person: Any,
    visitor: Any,
    passwords: dict[str, str],
    field: str,
) -> None:
    browser = visitor()
    user = person(alpha, must_change_password=True)
    sign_in(browser, user.email)
    answer = browser.post("/password/new/", passwords)
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert browser.get("/companies/")["Location"] == "/password/new/"


def test_changing_a_password_of_one_s_own_asks_the_old_one(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    browser = visitor()
    user = person(alpha)
    sign_in(browser, user.email)
    wrong = browser.post("/password/new/", {"old": "wrong", "new": NEW, "again": NEW})
    assert wrong.status_code == 422 and 'id="id_old-error"' in wrong.content.decode()
    assert (
        browser.post(
            "/password/new/",
            {"old": PASSWORD, "new": NEW, "again": NEW},
        ).status_code
        == 302
    )


def test_a_new_password_ends_the_other_sessions_and_the_tokens(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    here = visitor()
    there = visitor()
    user = person(alpha)
    sign_in(here, user.email)
    sign_in(there, user.email)
    with inside(GATE):
        token = tokens.issue_for_user(
            user=user,
            membership=membership_of(user, alpha),
            at=timezone.now(),
        )
    here.post("/password/new/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert here.get("/companies/").status_code == 200
    assert there.get("/companies/").status_code == 302
    assert visitor(Authorization=f"Bearer {token}").get("/api/v1/orders").status_code == 401


def test_a_reset_by_a_platform_manager_ends_everything_and_sends_a_one_time_password(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    browser = visitor()
    user = person(alpha)
    sign_in(browser, user.email)
    with inside(GATE):
        token = tokens.issue_for_user(
            user=user,
            membership=membership_of(user, alpha),
            at=timezone.now(),
        )
    with inside(PLATFORM):
        access.reset(
            user=User.objects.get(pk=user.pk),
            by=MANAGER,
            at=timezone.now(),
        )
    assert browser.get("/companies/").status_code == 302
    assert visitor(Authorization=f"Bearer {token}").get("/api/v1/orders").status_code == 401
    assert sign_in(visitor(), user.email).status_code == 200
    with inside(alpha.scope):
        assert AuditEvent.objects.get(action="member.reset").by_name == MANAGER.name
    mail.outbox.clear()
    work_off()
    (letter,) = [m for m in mail.outbox if m.to == [user.email]]
    password = re.search(
        r"(?:One-time password|[Оо]дноразовый пароль)[^:]*: (\S+)",
        str(letter.body),
    )
    assert password
    fresh = visitor()
    assert sign_in(fresh, user.email, password[1]).status_code == 302
    assert fresh.get("/companies/")["Location"] == "/password/new/"


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    user = person(alpha)
    browser = visitor()
    link = asked_for_link(browser, user.email)
    form = browser.get(link, follow=True)
    assert form.status_code == 200 and 'name="password1"' in form.content.decode()
    answer = browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert sign_in(visitor(), user.email, NEW).status_code == 302
    assert sign_in(visitor(), user.email).status_code == 200
    again = visitor().get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_a_reset_link_ends_sessions_and_tokens(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    old = visitor()
    browser = visitor()
    sign_in(old, user.email)
    with inside(GATE):
        tokens.issue_for_user(
            user=user,
            membership=membership_of(user, alpha),
            at=timezone.now(),
        )
    form = browser.get(asked_for_link(browser, user.email), follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert old.get("/companies/").status_code == 302
    with inside(GATE):
        assert not ApiToken.objects.filter(user=user).exists()


def test_a_link_of_somebody_s_making_is_refused(alpha: Cast, visitor: Any) -> None:
    answer = visitor().get("/password/reset/key/abc-set-password/", follow=True)
    assert answer.status_code in (200, 404) and 'name="password1"' not in answer.content.decode()


def test_asking_for_an_unknown_address_says_the_same(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    answers = []
    for email in (person(alpha).email, "nobody-7@people.test"):
        answer = visitor().post("/password/reset/", {"email": email}, follow=True)
        answers.append(
            (
                answer.status_code,
                answer.redirect_chain,
                re.sub(
                    r'(nonce|content|value)="[^"]*"',
                    "",
                    answer.content.decode(),
                ),
            )
        )
    assert answers[0] == answers[1]


def test_no_letter_names_the_platform_to_a_reseller_s_people(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    asked_for_link(visitor(), person(alpha).email)
    assert "example.com" not in str(mail.outbox[0].body)
