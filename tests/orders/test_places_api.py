"""Places by API: the list to choose from, and what a text means."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.described import faults, operation_of
from tests.world import Cast

OSH = {
    "id": "kg-osh",
    "name": "Ош",
    "country": "KG",
    "region": "KG-GO",
    "lat": 40.5283,
    "lon": 72.7985,
    "zone": "Asia/Bishkek",
}


def described(name: str, body: Any) -> list[str]:
    """Where the answer is not as the API describes it."""
    return faults(operation_of("get", name), 200, body)


@pytest.mark.parametrize("who", ["dispatcher", "client", "partner"])
def test_places_are_listed_while_typing(in_alpha: Cast, call: Any, who: str) -> None:
    answer = call(in_alpha, who).send("get", "places?search=Ош&limit=2")
    body = answer.json()
    assert (answer.status_code, described("places", body)) == (200, [])
    assert body["results"][0] == OSH and len(body["results"]) == 2 and body["next"] is None


@pytest.mark.parametrize(
    ("text", "result", "ids"),
    [
        ("г. Ош", "one", ["kg-osh"]),
        ("Аксу", "ambiguous", ["cn-aqsu", "kz-aksu-55", "kz-aksu-61"]),
        ("Нетоград", "none", []),
    ],
)
def test_a_text_is_resolved(
    in_alpha: Cast, call: Any, text: str, result: str, ids: list[str]
) -> None:
    answer = call(in_alpha).send("get", f"places/resolve?text={text}")
    body = answer.json()
    assert (answer.status_code, described("places/resolve", body)) == (200, [])
    assert (body["result"], [one["id"] for one in body["candidates"]]) == (result, ids)
    if result == "one":
        assert body["candidates"] == [OSH]


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("places/resolve", 400, "text"),
        ("places/resolve?text=", 400, "text"),
        ("places?limit=0", 400, "limit"),
        ("places?limit=1000", 400, "limit"),
        ("places?sort=name", 400, "sort"),
        (f"places?search={'x' * 121}", 400, "search"),
    ],
)
def test_what_does_not_parse_is_said(
    in_alpha: Cast, call: Any, address: str, status: int, field: str
) -> None:
    answer = call(in_alpha).send("get", address)
    assert answer.status_code == status and field in answer.json()["errors"]


def test_nobody_asks_without_a_token(client: Any) -> None:
    assert client.get("/api/v1/places?search=Ош").status_code == 401
