"""What holds for every call: one act a key, a valid description, a limit on how often."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from companies.models import Company
from tenants.context import GATE, RELAY, inside
from tenants.kit.models import IdempotencyKey
from tenants.kit.throttle import ActorThrottle
from tenants.platform.retention import take_away
from tests.browser_client import ApiClient
from tests.world import Cast

NEW = {"kind": "client", "name": "Once"}


def post(caller: ApiClient, data: Any = NEW, key: str = "k-1") -> Any:
    return caller.send("post", "companies", data, **{"Idempotency-Key": key})


def companies(cast: Cast) -> int:
    with inside(cast.scope):
        return Company.objects.filter(name__startswith="Once").count()


def test_a_repeated_call_gets_the_first_answer(alpha: Cast, call: Any) -> None:
    caller = call(alpha)
    first = post(caller)
    second = post(caller)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content and second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first and companies(alpha) == 1


def test_without_a_key_or_with_another_one_it_is_another_call(alpha: Cast, call: Any) -> None:
    caller = call(alpha)
    for key in ("k-1", "k-2"):
        assert post(caller, {**NEW, "name": f"Once {key}"}, key).status_code == 201
    assert caller.send("post", "companies", {**NEW, "name": "Once more"}).status_code == 201
    assert companies(alpha) == 3


def test_the_key_of_another_call_is_refused(alpha: Cast, call: Any) -> None:
    caller = call(alpha)
    post(caller)
    answer = post(caller, {**NEW, "name": "Once upon"})
    assert (
        answer.status_code,
        answer.json()["title"],
        answer["Content-Type"],
    ) == (422, "key_reused", "application/problem+json")
    assert companies(alpha) == 1


def test_keys_are_each_persons_own(alpha: Cast, beta: Cast, call: Any) -> None:
    answers = [post(call(cast)) for cast in (alpha, beta)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] != answers[1].json()["id"] and companies(beta) == 1


def test_while_the_first_call_is_under_way_the_second_waits(alpha: Cast, call: Any) -> None:
    caller = call(alpha)
    post(caller)
    with inside(GATE):
        IdempotencyKey.objects.update(status=None)
    answer = post(caller)
    assert (
        answer.status_code,
        answer.json()["title"],
        answer["Retry-After"],
    ) == (409, "in_flight", "1")
    with inside(GATE):
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    with inside(alpha.scope):
        Company.objects.filter(name=NEW["name"]).delete()
    assert post(caller).status_code == 201, "whoever held the key was killed"


def test_a_refusal_is_kept_but_what_may_pass_is_not(
    alpha: Cast, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = call(alpha)
    assert post(caller, {"kind": "neither"}, "bad").status_code == 422
    assert post(caller, {"kind": "neither"}, "bad")["Idempotent-Replayed"] == "true"
    monkeypatch.setattr(ActorThrottle, "rate", "1/min", raising=False)
    assert post(caller, key="later").status_code == 429
    monkeypatch.undo()
    assert post(caller, key="later").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_must_be_one(alpha: Cast, call: Any, key: str) -> None:
    assert post(call(alpha), key=key).json()["title"] == "bad_key"
    assert companies(alpha) == 0


def test_answers_are_kept_for_thirty_days(alpha: Cast, call: Any) -> None:
    post(call(alpha))
    take_away(at=timezone.now() + timedelta(days=29))
    with inside(RELAY):
        assert IdempotencyKey.objects.count() == 1
    take_away(at=timezone.now() + timedelta(days=31))
    with inside(RELAY):
        assert IdempotencyKey.objects.count() == 0


def test_too_many_calls_are_told_when_to_come_again(
    alpha: Cast, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = call(alpha)
    monkeypatch.setattr(ActorThrottle, "rate", "2/min", raising=False)
    answers = [caller.send("get", "companies") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (
        answers[2]["Content-Type"] == "application/problem+json"
        and 0 < int(answers[2]["Retry-After"]) <= 61
    )


def test_the_description_of_the_api_is_valid(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = StringIO()
    call_command("spectacular", "--validate", stdout=output)
    assert "/api/v1/orders/{ref}/publish" in output.getvalue()
    warnings = capsys.readouterr().err
    assert "Errors:   0" in warnings or not warnings, warnings
    assert "operationId" not in warnings, "two calls of one name"


def test_the_description_is_served_as_json(db: None, client: Client) -> None:
    description = client.get("/api/v1/schema/").json()
    assert description["paths"]["/api/v1/orders"]["get"]["operationId"] == "orders_list"
    assert client.get("/api/v1/docs/").status_code == 200
