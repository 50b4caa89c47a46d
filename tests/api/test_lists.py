"""Lists and bodies of the API: pages by a cursor, filters that do not parse, fields that no call
knows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings

from finance.models import Payment
from orders.models import Order
from tenants.exchange.models import Offer
from tests.api.described import faults, operation_of
from tests.finance import money_samples
from tests.orders import order_samples
from tests.world import Cast

LISTS = {
    "orders": "stage=zzz",
    "companies": "kind=zzz",
    "invoices": "company=zzz",
    "exchange/listings": "within_km=zzz",
    "exchange/offers": "side=zzz",
    "trips": "stage=zzz",
    "payouts": "limit=zzz",
    "documents": f"kind={'x' * 61}",
    "cargo/shipments": "month=zzz",
    "cargo/customers": "limit=0",
    "cargo/salespeople": "limit=-1",
    "cargo/rate-cards": "limit=1.5",
    "cargo/imports": "limit=1e9",
    "audit": f"action={'x' * 61}",
}


@pytest.fixture
def five(in_alpha: Cast) -> list[str]:
    """References of five orders, the newest first; prices 5 to 1, one is unknown."""
    prices = [None, *(Decimal(price) for price in (1, 2, 3, 4))]
    refs = [
        order_samples.order(
            in_alpha,
            at=order_samples.later(hour),
            client_price=price,
            carrier_rate=None,
        ).ref
        for hour, price in enumerate(prices)
    ]
    return refs[::-1]


def refs_of(answer: Any) -> list[str]:
    return [row["ref"] for row in answer.json()["results"]]


def pages(api: Any, address: str) -> list[Any]:
    """All answers from the first on, by their own `next`."""
    answers = [api.send("get", address)]
    while following := answers[-1].json()["next"]:
        answers.append(api.get(following))
    return answers


def changed(address: str, **query: str) -> str:
    """An address with other parameters."""
    parts = urlsplit(address)
    before = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return parts._replace(query=urlencode(before | query)).geturl()


def test_next_is_a_whole_address_and_leads_to_the_end(
    in_alpha: Cast, five: list[str], call: Any
) -> None:
    answers = pages(call(in_alpha), "orders?limit=2&stage=draft")
    assert [refs_of(answer) for answer in answers] == [
        five[:2],
        five[2:4],
        five[4:],
    ]
    following = urlsplit(answers[0].json()["next"])
    query = parse_qs(following.query)
    assert (following.netloc, following.path) == (
        urlsplit(settings.PUBLIC_URL).netloc,
        "/api/v1/orders",
    )
    assert query.keys() == {"limit", "stage", "cursor"} and query["limit"] == ["2"]


def test_unknown_values_stand_last_both_ways(in_alpha: Cast, five: list[str], call: Any) -> None:
    api = call(in_alpha)
    up, down = (pages(api, f"orders?limit=2&sort={sort}") for sort in ("price", "-price"))
    unknown = five[-1]
    assert [ref for answer in up for ref in refs_of(answer)] == [
        *five[:-1][::-1],
        unknown,
    ]
    assert [ref for answer in down for ref in refs_of(answer)] == [
        *five[:-1],
        unknown,
    ]


def test_an_order_that_comes_meanwhile_moves_no_page(
    in_alpha: Cast, five: list[str], call: Any
) -> None:
    api = call(in_alpha)
    first = api.send("get", "orders?limit=2&stage=draft")
    order_samples.order(in_alpha, at=order_samples.later(20))
    Order.objects.filter(ref=five[0]).update(stage="requested")
    assert refs_of(api.get(first.json()["next"])) == five[2:4]


@pytest.mark.parametrize("query", [{"cursor": "x"}, {"sort": "ref"}, {"stage": "published"}])
def test_a_cursor_with_another_question_is_refused(
    in_alpha: Cast, five: list[str], call: Any, query: dict[str, str]
) -> None:
    api = call(in_alpha)
    following = api.send("get", "orders?limit=2").json()["next"]
    refused = api.get(changed(following, **query))
    assert (refused.status_code, refused.json()["title"]) == (
        400,
        "bad_cursor",
    )
    assert refused["Content-Type"] == "application/problem+json"


def test_a_cursor_is_of_one_reseller_and_one_role(
    in_alpha: Cast, beta: Cast, five: list[str], call: Any
) -> None:
    following = call(in_alpha, "dispatcher").send("get", "orders?limit=2").json()["next"]
    assert call(in_alpha, "dispatcher").get(following).status_code == 200
    for other in (call(in_alpha, "accountant"), call(beta, "dispatcher")):
        assert other.get(following).status_code == 400


@pytest.mark.parametrize(("address", "query"), LISTS.items())
def test_a_filter_that_does_not_parse_is_named(
    alpha: Cast, call: Any, address: str, query: str
) -> None:
    api = call(alpha)
    assert api.send("get", address).status_code == 200
    refused = api.send("get", f"{address}?{query}")
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == [query.split("=")[0]]


@pytest.mark.parametrize("address", LISTS)
def test_a_sort_that_a_list_does_not_have_is_named(alpha: Cast, call: Any, address: str) -> None:
    refused = call(alpha).send("get", f"{address}?sort=zzz")
    assert (refused.status_code, list(refused.json()["errors"])) == (
        400,
        ["sort"],
    )


def test_an_empty_filter_changes_nothing(in_alpha: Cast, five: list[str], call: Any) -> None:
    answer = call(in_alpha).send("get", "orders?client=&stage=&search=")
    assert refs_of(answer) == five


def test_an_unknown_parameter_is_refused_by_name(
    in_alpha: Cast, five: list[str], call: Any
) -> None:
    answer = call(in_alpha).send("get", "orders?utm=1&search=")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["utm"])


def test_an_offer_in_another_currency_is_not_taken(in_alpha: Cast, call: Any) -> None:
    """It was booked in the currency of the listing once."""
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    api = call(in_alpha, "dispatcher")
    ref = order_samples.order(in_alpha).ref
    assert api.send("post", f"orders/{ref}/publish").status_code == 200
    listing = api.send("get", "exchange/listings").json()["results"][0]["id"]
    body = {"price": "450", "currency": "USD"}
    refused = call(in_alpha, "partner").send("post", f"exchange/listings/{listing}/offers", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (
        422,
        ["currency"],
    )
    assert not Offer.objects.exists()


def test_a_payment_in_another_currency_is_not_taken(in_alpha: Cast, call: Any) -> None:
    money_samples.own()
    bill = money_samples.invoice(in_alpha, "1000.00")
    body = {"invoice": str(bill.pk), "amount": "450.00", "currency": "USD"}
    refused = call(in_alpha, "accountant").send("post", "payments", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (
        422,
        ["currency"],
    )
    assert not Payment.objects.exists()


def test_an_unknown_field_is_named_where_it_stands(in_alpha: Cast, call: Any) -> None:
    body = {
        "colour": "red",
        "client_price": "abc",
        "stops": [
            {"kind": "loading", "place": "Osh"},
            {"place": "Osh", "floor": 3},
        ],
    }
    refused = call(in_alpha, "dispatcher").send("post", "orders", body)
    names = {"colour", "client_price", "stops.1.floor", "stops.1.kind"}
    assert (refused.status_code, set(refused.json()["errors"])) == (
        422,
        names,
    )
    assert not Order.objects.exists()


def test_the_check_of_answers_finds_what_is_wrong() -> None:
    operation = operation_of("get", "trips/x/incidents")
    incident = {"kind": "fine", "text": "x", "cost": "1.00"}
    right = {"results": [incident], "next": None}
    assert faults(operation, 200, right) == []
    for wrong in (
        {"results": [incident]},
        {**right, "more": 1},
        {**right, "results": [{**incident, "client": "x"}]},
        {**right, "results": [{**incident, "cost": 1.0}]},
        {**right, "results": [{**incident, "kind": "nothing"}]},
    ):
        assert len(faults(operation, 200, wrong)) == 1, wrong
