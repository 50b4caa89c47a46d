"""Where API tokens come from, and how they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenants.accounts.models import ApiToken
from tenants.accounts.secrets import digest
from tenants.context import GATE, inside
from tests.world import PASSWORD, Cast

DOOR = "/api/v1/auth/token"


def ask(visitor: Any, email: str, password: str = PASSWORD) -> Any:
    return visitor().post(
        DOOR,
        {"email": email, "password": password},
        content_type="application/json",
    )


def test_a_token_opens_and_only_its_hash_is_kept(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    token = ask(visitor, user.email).json()["token"]
    assert visitor(Authorization=f"Bearer {token}").get("/api/v1/orders").status_code == 200
    with inside(GATE):
        kept = ApiToken.objects.get(user=user)
    assert kept.token_hash == digest(token) and token not in str(vars(kept))


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer x", "Basic x", "Token x", "Bearer \x00"],
)
def test_without_a_token_the_answer_is_401(db: None, visitor: Any, header: str) -> None:
    answer = visitor(Authorization=header).get("/api/v1/orders")
    assert (answer.status_code, answer["Content-Type"]) == (
        401,
        "application/problem+json",
    )


def test_a_session_does_not_open_the_api(alpha: Cast, browse: Any) -> None:
    assert browse(alpha).get("/api/v1/orders").status_code == 401


def test_wrong_unknown_and_half_given_logins(alpha: Cast, person: Any, visitor: Any) -> None:
    wrong = ask(visitor, person(alpha).email, "wrong")
    unknown = ask(visitor, "nobody-5@people.test", "wrong")
    assert wrong.status_code == 401 and wrong.json() == unknown.json()
    half = visitor().post(DOOR, {"email": "x"}, content_type="application/json")
    assert half.status_code == 422 and set(half.json()["errors"]) == {
        "email",
        "password",
    }
    assert visitor().post(DOOR, "{", content_type="application/json").status_code == 400


def test_a_one_time_password_gives_no_token(alpha: Cast, person: Any, visitor: Any) -> None:
    assert ask(visitor, person(alpha, must_change_password=True).email).status_code == 401


def test_five_wrong_tries_and_the_right_one_is_refused(
    alpha: Cast, person: Any, visitor: Any
) -> None:
    email = person(alpha).email
    assert [ask(visitor, email, "wrong").status_code for _ in range(5)] == [401] * 5
    assert ask(visitor, email).status_code == 429
    assert ask(visitor, email.upper()).status_code == 429


def test_right_tries_are_not_counted(alpha: Cast, person: Any, visitor: Any) -> None:
    email = person(alpha).email
    assert [ask(visitor, email).status_code for _ in range(7)] == [200] * 7


def test_a_token_ends_after_ninety_days(alpha: Cast, person: Any, visitor: Any) -> None:
    user = person(alpha)
    token = ask(visitor, user.email).json()["token"]
    with inside(GATE):
        ApiToken.objects.filter(user=user).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert visitor(Authorization=f"Bearer {token}").get("/api/v1/orders").status_code == 401


def test_a_token_of_one_reseller_shows_nothing_of_another(
    alpha: Cast, beta: Cast, person: Any, visitor: Any
) -> None:
    token = ask(visitor, person(alpha).email).json()["token"]
    answer = visitor(Authorization=f"Bearer {token}").get("/api/v1/companies")
    assert answer.status_code == 200
    assert "of alpha" in answer.content.decode() and "of beta" not in answer.content.decode()
