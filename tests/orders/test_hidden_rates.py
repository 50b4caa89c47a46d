"""Who may not see the rates of open bargaining cannot tell them from any surface.

Each test reads every surface twice, with other hidden values the second time: nothing may differ.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from orders import access, bidding, lifecycle, market
from orders.access import (
    allowed_filters,
    allowed_sorts,
    sees_margin,
    sees_price,
    sees_rate,
)
from orders.models import Order, Stage
from orders.queries.order_list import FILTERS, SORTS
from orders.stages import Act
from orders.views.order_list import COLUMNS
from tenants.context import CARRIERS, inside
from tenants.kit import events
from tenants.kit.outbox import work_off
from tenants.office.models import Notification
from tests.browser_client import ApiClient, Browser
from tests.orders import order_samples
from tests.world import Cast

OFFICE = ("head", "dispatcher", "accountant")
OTHERS = ("client", "partner", "cargo_manager", "cargo_staff", "cargo_sale")
ONCE = re.compile(rb'(nonce|value|content|hx-headers|data-stamp)="[^"]*"|ticket=[\w:.%-]+')
Answers = dict[str, tuple[int, bytes]]
EVERY_COLUMN = "&".join(f"cols={column.key}" for column in COLUMNS)


@pytest.fixture
def orders(in_alpha: Cast) -> list[Order]:
    """One draft, two requests, one quote and one listing, each with a rate of its own."""
    order_samples.sign_platform_contract(in_alpha)
    dispatcher = in_alpha.actor("dispatcher")
    rows = [order_samples.order(in_alpha, at=order_samples.later(hour)) for hour in range(5)]
    for row in rows[1:]:
        lifecycle.advance(order=row, act=Act.REQUEST, by=dispatcher, at=order_samples.later(5))
    for row in rows[3:]:
        lifecycle.advance(order=row, act=Act.QUOTE, by=dispatcher, at=order_samples.later(6))
    market.publish(order=rows[4], by=dispatcher, at=order_samples.later(7))
    assert {row.stage for row in rows} == access.OPEN_BARGAINING
    return rows


def set_rates(orders: list[Order], rates: list[int]) -> None:
    for order, rate in zip(orders, rates, strict=True):
        Order.objects.filter(pk=order.pk).update(carrier_rate=Decimal(rate))


def addresses(orders: list[Order]) -> tuple[list[str], list[str]]:
    """Pages and API calls that show, sort, filter, search, export or count orders."""
    sorts = [sign + key for key in ("rate", "margin", "price") for sign in ("", "-")]
    narrowed = [f"stage={stage}" for stage in Stage.values] + [
        "view=exchange",
        "q=бишкек",
    ]
    client = orders[0].client_id
    pages = [
        "/",
        "/cabinet/",
        "/partner/",
        "/notifications/",
        "/finance/",
        "/documents/",
        f"/companies/{client}/history/",
        *(f"/orders/?sort={sort}&{EVERY_COLUMN}" for sort in sorts),
        *(f"/orders/?{query}&sort=-rate&{EVERY_COLUMN}" for query in narrowed),
        *(f"/orders/export/?format=csv&sort={sort}" for sort in sorts),
    ]
    for order in orders:
        card = f"/orders/{order.ref}/"
        pages += [
            card,
            *(f"{card}{tab}/" for tab in ("history", "trip", "documents", "offers")),
        ]
        pages.append(f"/cabinet/orders/{order.ref}/")
    calls = [
        *(f"orders?sort={sort}" for sort in sorts),
        *(f"orders?stage={stage}&sort=margin" for stage in Stage.values),
        "orders?search=лук&sort=rate",
        *(f"orders/{order.ref}" for order in orders),
        "trips",
        "exchange/offers",
        "audit",
    ]
    return pages, calls


def read_all(browser: Browser, api: ApiClient, orders: list[Order]) -> Answers:
    pages, calls = addresses(orders)
    answers: Answers = {}
    for address in pages:
        answer = browser.get(address)
        answers[address] = (
            answer.status_code,
            ONCE.sub(b"", _body(answer)),
        )
    for call in calls:
        answer = api.send("get", call)
        answers[f"API {call}"] = (answer.status_code, _body(answer))
    return answers


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def differing(browser: Browser, api: ApiClient, orders: list[Order]) -> set[str]:
    """Addresses whose answer tells one set of rates from another."""
    set_rates(orders, [100_001, 200_002, 300_003, 400_004, 500_005])
    before = read_all(browser, api, orders)
    set_rates(orders, [500_006, 300_007, 200_008, 100_009, 400_010])
    after = read_all(browser, api, orders)
    return {address for address in before if before[address] != after[address]}


@pytest.mark.parametrize("role", ["accountant", *OTHERS])
def test_no_surface_tells_a_hidden_rate(
    in_alpha: Cast, orders: list[Order], browse: Any, call: Any, role: str
) -> None:
    assert differing(browse(in_alpha, role), call(in_alpha, role), orders) == set()


def test_the_walk_sees_rates_where_the_rule_is_taken_out(
    in_alpha: Cast,
    orders: list[Order],
    browse: Any,
    call: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(access, "may_bargain", lambda actor: True)
    addresses = differing(browse(in_alpha, "accountant"), call(in_alpha, "accountant"), orders)
    assert {
        f"/orders/?sort=-rate&{EVERY_COLUMN}",
        f"/orders/?stage=published&sort=-rate&{EVERY_COLUMN}",
        "/orders/export/?format=csv&sort=margin",
        f"/orders/{orders[4].ref}/",
        "API orders?sort=rate",
        f"API orders/{orders[4].ref}",
    } <= addresses


def in_order(answer: Any) -> list[str]:
    return [row["ref"] for row in answer.json()["results"]]


@pytest.mark.parametrize("name", ["rate", "margin"])
def test_a_hidden_sort_is_the_usual_order(
    in_alpha: Cast, orders: list[Order], call: Any, name: str
) -> None:
    """Ascending and descending say the same: nothing can be read from the order of rows."""
    set_rates(orders, [3, 1, 5, 2, 4])
    newest_first = [order.ref for order in reversed(orders)]
    for role in ("accountant", "client"):
        api = call(in_alpha, role)
        usual = in_order(api.send("get", "orders"))
        assert usual == [ref for ref in newest_first if ref in usual]
        for sort in (name, f"-{name}"):
            assert in_order(api.send("get", f"orders?sort={sort}")) == usual, (role, sort)


def test_who_bargains_sorts_by_the_rate(in_alpha: Cast, orders: list[Order], call: Any) -> None:
    set_rates(orders, [3, 1, 5, 2, 4])
    by_rate = [orders[place].ref for place in (1, 3, 0, 4, 2)]
    assert in_order(call(in_alpha, "dispatcher").send("get", "orders?sort=rate")) == by_rate


def test_a_client_cannot_sort_by_a_price_not_yet_quoted(
    in_alpha: Cast, orders: list[Order], browse: Any, call: Any
) -> None:
    browser = browse(in_alpha, "client")
    api = call(in_alpha, "client")
    before = read_all(browser, api, orders)
    for order, price in ((orders[1], 1), (orders[2], 2_000_000)):
        Order.objects.filter(pk=order.pk).update(client_price=Decimal(price))
    after = read_all(browser, api, orders)
    assert {address for address in before if before[address] != after[address]} == set()


def test_a_client_cannot_search_by_the_carrier(
    in_alpha: Cast, orders: list[Order], call: Any
) -> None:
    Order.objects.filter(pk=orders[1].pk).update(carrier_name="Секретный перевозчик")
    results = {
        role: in_order(call(in_alpha, role).send("get", "orders?search=секретный"))
        for role in ("client", "accountant")
    }
    assert results == {"client": [], "accountant": [orders[1].ref]}
    responsible = in_alpha.actor("dispatcher").member_id
    filtered = call(in_alpha, "client").send("get", f"orders?responsible={responsible}")
    everything = call(in_alpha, "client").send("get", "orders")
    assert in_order(filtered) == in_order(everything)


def test_the_rule_by_role_and_stage(in_alpha: Cast) -> None:
    for stage in Stage.values:
        agreed = stage not in access.OPEN_BARGAINING
        sees = {name: sees_rate(in_alpha.actor(name), stage) for name in (*OFFICE, *OTHERS)}
        assert sees == {
            "head": True,
            "dispatcher": True,
            "accountant": agreed,
            **dict.fromkeys(OTHERS, False),
        }
        accountant = in_alpha.actor("accountant")
        assert sees_margin(accountant, stage) == sees_rate(accountant, stage)
        assert sees_price(in_alpha.actor("client"), stage) == (stage not in access.UNQUOTED)


def test_sorts_and_filters_by_role(in_alpha: Cast) -> None:
    everything = frozenset(SORTS)
    assert allowed_sorts(in_alpha.actor("head"), SORTS) == everything
    assert allowed_sorts(in_alpha.actor("accountant"), SORTS) == everything - {"rate", "margin"}
    assert allowed_sorts(in_alpha.actor("client"), SORTS) == everything - {
        "rate",
        "margin",
        "price",
    }
    assert allowed_filters(in_alpha.actor("accountant"), FILTERS) == set(FILTERS)
    assert allowed_filters(in_alpha.actor("client"), FILTERS) == set()


def test_news_of_bargaining_name_no_price(
    in_alpha: Cast, orders: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event reaches every open page of the office, a notification its reader: neither tells."""
    published: list[dict[str, Any]] = []
    monkeypatch.setattr(events, "publish", lambda topic, news: published.append(news))
    listing = Order.objects.get(pk=orders[4].pk).listing_id
    driver = order_samples.pool_driver()
    with inside(CARRIERS):
        bidding.send(
            listing_id=listing,
            price=order_samples.RATE,
            by=order_samples.as_driver(driver),
            at=order_samples.later(8),
        )
    work_off()
    assert published == [{"what": "offer", "listing": str(listing)}]
    news = [row.text for row in Notification.objects.all()]
    assert news and not [text for text in news if "765" in text]
