"""Bank accounts, addresses and notes of a company over the API."""

from __future__ import annotations

from typing import Any

import pytest

from companies.models import Address, BankAccount, Note
from tenants.office.models import AuditEvent
from tests.world import Cast

ACCOUNT = {"currency": "USD", "bank": "Банк", "account": "1091820182530186", "bik": "109018"}
ADDRESS = {"name": "Склад 2", "place": "Ош", "lat": 40.531, "lon": 72.801, "phone": "0555 000 010"}
PARTS = {"accounts": ACCOUNT, "addresses": ADDRESS, "notes": {"text": "Звонить утром"}}


def path(cast: Cast, part: str) -> str:
    return f"companies/{cast.company_id('client')}/{part}"


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("at", "id").values_list("action", flat=True))


def test_an_account_is_added_listed_and_removed(in_alpha: Cast, call: Any) -> None:
    head = call(in_alpha)
    answer = head.send("post", path(in_alpha, "accounts"), ACCOUNT)
    row = answer.json()
    assert (answer.status_code, row | ACCOUNT) == (201, row)
    assert head.send("get", path(in_alpha, "accounts")).json() == {"results": [row], "next": None}
    again = head.send("post", path(in_alpha, "accounts"), ACCOUNT)
    assert (again.status_code, set(again.json()["errors"])) == (409, {"account"})
    one = path(in_alpha, f"accounts/{row['id']}")
    assert head.send("delete", one).status_code == 204
    assert head.send("delete", one).status_code == 404
    assert not BankAccount.objects.exists()
    assert actions()[-2:] == ["company.account_add", "company.account_remove"]


def test_an_account_without_a_number_is_refused_at_its_field(in_alpha: Cast, call: Any) -> None:
    answer = call(in_alpha).send("post", path(in_alpha, "accounts"), ACCOUNT | {"account": ""})
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"account"})
    assert not BankAccount.objects.exists()


def test_an_address_is_added_changed_and_archived(in_alpha: Cast, call: Any) -> None:
    head = call(in_alpha)
    answer = head.send("post", path(in_alpha, "addresses"), ADDRESS)
    row = answer.json()
    assert answer.status_code == 201, row
    assert row | ADDRESS | {"phone": "+996555000010", "country": "KG"} == row
    one = path(in_alpha, f"addresses/{row['id']}")
    changed = head.send("patch", one, {"hours": "8–18", "lat": None, "lon": None}).json()
    assert changed == row | {"hours": "8–18", "lat": None, "lon": None}
    assert head.send("get", one).json() == changed
    assert head.send("delete", one).status_code == 204
    assert head.send("get", one).status_code == 404
    assert head.send("get", path(in_alpha, "addresses")).json()["results"] == []
    assert Address.objects.get().archived_at is not None
    assert actions()[-3:] == [
        "company.address_add",
        "company.address_change",
        "company.address_remove",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lat": None}, "lat"),
        ({"lat": "91"}, "lat"),
        ({"lat": "north"}, "lat"),
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"gate": "x"}, "gate"),
        ({"company": "x"}, "company"),
    ],
)
def test_a_wrong_address_is_refused_at_its_field(
    in_alpha: Cast, call: Any, changes: dict[str, Any], field: str
) -> None:
    answer = call(in_alpha).send("post", path(in_alpha, "addresses"), ADDRESS | changes)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {field})
    assert not Address.objects.exists()


def test_a_change_of_the_hours_does_not_ask_about_the_point_again(
    in_alpha: Cast, call: Any
) -> None:
    head = call(in_alpha)
    far = ADDRESS | {"lat": 42.87, "lon": 74.57}
    key = head.send("post", path(in_alpha, "addresses"), far).json()["question"]["key"]
    row = head.send("post", path(in_alpha, "addresses"), far | {"sure": [key]}).json()
    one = path(in_alpha, f"addresses/{row['id']}")
    assert head.send("patch", one, {"hours": "8–18"}).status_code == 200
    assert head.send("patch", one, {"lat": 43.2}).status_code == 409


def test_a_note_is_taken_away_by_its_author_or_the_head(in_alpha: Cast, call: Any) -> None:
    dispatcher, accountant = call(in_alpha, "dispatcher"), call(in_alpha, "accountant")
    answer = dispatcher.send("post", path(in_alpha, "notes"), {"text": " Звонить утром "})
    row = answer.json()
    assert (answer.status_code, row["text"]) == (201, "Звонить утром")
    assert row["by"] == str(in_alpha.actor("dispatcher").member_id)
    one = path(in_alpha, f"notes/{row['id']}")
    assert accountant.send("delete", one).status_code == 403
    assert accountant.send("get", path(in_alpha, "notes")).json()["results"] == [row]
    assert dispatcher.send("delete", one).status_code == 204
    assert not Note.objects.exists()
    assert actions()[-2:] == ["company.note_add", "company.note_remove"]


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_card_are_open_to_the_own_office_alone(
    alpha: Cast, beta: Cast, call: Any, part: str
) -> None:
    row = call(alpha).send("post", path(alpha, part), PARTS[part]).json()
    one = path(alpha, f"{part}/{row['id']}")
    for stranger in (call(beta), call(alpha, "client"), call(alpha, "partner")):
        assert stranger.send("get", path(alpha, part)).status_code == 404
        assert stranger.send("post", path(alpha, part), PARTS[part]).status_code == 404
        assert stranger.send("delete", one).status_code == 404
    unlike = f"companies/{alpha.company_id('client2')}/{part}/{row['id']}"
    assert call(alpha).send("delete", unlike).status_code == 404


@pytest.mark.parametrize("part", ["accounts", "addresses"])
def test_who_may_not_edit_companies_only_reads(in_alpha: Cast, call: Any, part: str) -> None:
    accountant = call(in_alpha, "accountant")
    assert accountant.send("get", path(in_alpha, part)).status_code == 200
    assert accountant.send("post", path(in_alpha, part), PARTS[part]).status_code == 403


def test_a_repeated_call_under_one_key_adds_one_account(in_alpha: Cast, call: Any) -> None:
    head = call(in_alpha)
    key = {"Idempotency-Key": "account-1"}
    first = head.send("post", path(in_alpha, "accounts"), ACCOUNT, **key)
    again = head.send("post", path(in_alpha, "accounts"), ACCOUNT, **key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert BankAccount.objects.count() == 1
