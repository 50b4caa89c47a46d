from __future__ import annotations

from typing import Any

from companies.models import Company
from tenants.context import inside
from tests.companies.conftest import letters
from tests.world import Cast

INVITE = {
    "kind": "client",
    "name": "Romashka",
    "full_name": "Азамат",
    "email": "a@romashka.test",
    "phone": "+996555000009",
}


def test_list_pages_filters_and_hides_the_other_reseller(
    alpha: Cast, beta: Cast, call: Any
) -> None:
    head = call(alpha)
    first = head.send("get", "companies?limit=3&sort=name").json()
    rest = head.get(first["next"]).json()
    names = [row["name"] for row in first["results"] + rest["results"]]
    assert (
        names
        == [
            "client of alpha",
            "client2 of alpha",
            "partner of alpha",
            "partner2 of alpha",
        ]
        and rest["next"] is None
    )
    answer = call(beta).send("get", "companies?search=alpha").json()
    assert answer == {"results": [], "next": None}
    assert len(head.send("get", "companies?kind=partner").json()["results"]) == 2
    wrong = head.send("get", "companies?status=no&kind=no&sort=name")
    assert (wrong.status_code, set(wrong.json()["errors"])) == (
        400,
        {"status", "kind"},
    )
    assert head.send("get", "companies?search=%00").status_code == 400


def test_create_get_and_patch(alpha: Cast, beta: Cast, call: Any) -> None:
    head = call(alpha)
    answer = head.send(
        "post",
        "companies",
        {
            "kind": "partner",
            "name": "Bars",
            "full_name": "Асан",
            "legal_name": "ОсОО Барс",
        },
    )
    body = answer.json()
    assert (
        answer.status_code,
        body["full_name"],
        body["legal_name"],
        body["country"],
    ) == (201, "Асан", "ОсОО Барс", "KG")
    path = f"companies/{body['id']}"
    changed = head.send("patch", path, {"inn": "0270 5201910356", "full_name": "Усен"}).json()
    assert (
        changed["inn"],
        changed["full_name"],
        changed["legal_name"],
    ) == ("02705201910356", "Усен", "ОсОО Барс")
    assert head.send("get", path).json() == changed
    assert (
        call(beta).send("get", path).status_code
        == call(beta).send("patch", path, {"name": "X"}).status_code
        == 404
    )
    with inside(alpha.scope):
        assert Company.objects.get(pk=body["id"]).carrier_id is not None


def test_what_the_forms_refuse_the_api_refuses(alpha: Cast, call: Any) -> None:
    head = call(alpha)
    answer = head.send(
        "post",
        "companies",
        {
            "kind": "nobody",
            "name": "",
            "legal_name": "x" * 301,
            "email": "x",
            "phone": "y",
        },
    )
    assert answer.status_code == 422 and answer["Content-Type"].startswith(
        "application/problem+json"
    )
    assert set(answer.json()["errors"]) == {
        "kind",
        "name",
        "legal_name",
        "email",
        "phone",
    }
    for odd in (
        [],
        "x",
        5,
        None,
        {"kind": ["client"], "name": {"a": 1}},
    ):
        assert head.send("post", "companies", odd).status_code in (
            400,
            422,
        ), odd
    company = alpha.company_id("client")
    assert head.send("patch", f"companies/{company}", {"name": ""}).status_code == 422
    forged = {
        "kind": "partner",
        "status": "archived",
        "id": "x",
        "carrier_id": "x",
    }
    refused = head.send("patch", f"companies/{company}", forged | {"name": "X"})
    assert (refused.status_code, set(refused.json()["errors"])) == (
        422,
        set(forged),
    )
    assert head.send("get", f"companies/{company}").json()["name"] == "client of alpha"


def test_invite_answers_the_link(alpha: Cast, call: Any, browse: Any) -> None:
    answer = call(alpha, "dispatcher").send("post", "companies/invite", INVITE)
    link = answer.json()["link"]
    assert answer.status_code == 201 and letters()[-1]["to"] == INVITE["email"]
    assert browse().get("/invitations/" + link.split("/invitations/")[1]).status_code == 200
    again = call(alpha).send(
        "post",
        "companies/invite",
        INVITE | {"email": alpha.actor("accountant").email},
    )
    assert again.status_code == 409 and "email" in again.json()["errors"]


def test_companies_are_open_to_the_office_alone(alpha: Cast, call: Any, client: Any) -> None:
    assert client.get("/api/v1/companies").status_code == 401
    assert call(alpha, "client").send("get", "companies").status_code == 404
    assert call(alpha, "accountant").send("get", "companies").status_code == 200
    assert call(alpha, "accountant").send("post", "companies/invite", INVITE).status_code == 403
    assert call(alpha, "cargo_staff").send("get", "companies").status_code == 403
