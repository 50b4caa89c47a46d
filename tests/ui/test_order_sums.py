"""Price, rate and margin in the browser: an empty one was not typed, a quoted price stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FIELDS = ("client_price", "carrier_rate", "margin", "margin_percent")
HEAD = """<form method="post" data-pricing {quoted}><div data-fx="KGS">
<div class="field"><input name="client_fx" value="{fx}"></div>
<div class="field"><input name="carrier_fx"></div>
<div class="field"><input name="rate_date"></div></div>
<select name="currency"><option>{currency}</option></select>
<select name="carrier_currency"><option>KGS</option></select>"""
INPUT = '<input name="{name}" value="{value}" {money}>'
SENT = "name => new FormData(document.querySelector('form')).get(name)"


@pytest.fixture(scope="module")
def sums_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("sums")) as site:
        yield site


class Sums:
    """The four fields of a page, typed key by key."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    def type(self, name: str, text: str) -> None:
        field = self.tab.locator(f"[name={name}]")
        field.click()
        self.tab.keyboard.press("Control+a")
        self.tab.keyboard.press("Delete")
        field.press_sequentially(text)
        self.tab.keyboard.press("Tab")

    def clear(self, name: str) -> None:
        self.type(name, "")

    def values(self) -> dict[str, str]:
        return {
            name: re.sub(r"[\s\u00a0]", "", self.tab.evaluate(SENT, name) or "").replace(",", ".")
            for name in FIELDS
        }


@pytest.fixture
def opened(browser: Any, sums_site: Site) -> Iterator[Any]:
    tabs = []

    def open_page(
        *, quoted: bool = False, currency: str = "KGS", fx: str = "", **sums: str
    ) -> Sums:
        head = HEAD.format(quoted="data-quoted" if quoted else "", currency=currency, fx=fx)
        inputs = [
            INPUT.format(
                name=name,
                value=sums.get(name, ""),
                money="" if name == "margin_percent" else "data-money",
            )
            for name in FIELDS
        ]
        sums_site.pages["/sums"] = page("ru", head + "".join(inputs) + "</form>", "orders")
        tab = browser.new_page()
        tabs.append(tab)
        tab.goto(f"{sums_site.url}/sums")
        return Sums(tab)

    yield open_page
    for tab in tabs:
        tab.close()


STANDING = {
    "client_price": "100000.00",
    "carrier_rate": "80000.00",
    "margin": "20000.00",
    "margin_percent": "20.00",
}


def test_an_empty_margin_changes_neither_sum(opened: Any) -> None:
    sums = opened(**STANDING)
    sums.clear("margin")
    values = sums.values()
    assert (values["client_price"], values["carrier_rate"]) == ("100000.00", "80000.00")


def test_an_empty_margin_changes_no_foreign_price(opened: Any) -> None:
    sums = opened(
        currency="USD",
        fx="87.5",
        client_price="2500.00",
        carrier_rate="155088.50",
        margin="63661.50",
    )
    sums.clear("margin")
    sums.clear("margin_percent")
    values = sums.values()
    assert (values["client_price"], values["carrier_rate"]) == ("2500.00", "155088.50")


def test_nothing_is_counted_anew_before_somebody_types(opened: Any) -> None:
    odd = STANDING | {"margin": "20000.01", "margin_percent": "19.99"}
    assert opened(**odd).values() == odd


@pytest.mark.parametrize("quoted", [False, True])
def test_a_margin_typed_alone_moves_the_rate(opened: Any, quoted: bool) -> None:
    sums = opened(quoted=quoted, **STANDING)
    sums.type("margin", "15000")
    values = sums.values()
    assert (values["client_price"], values["carrier_rate"]) == ("100000.00", "85000.00")


def test_a_quoted_price_stands_whatever_else_is_typed(opened: Any) -> None:
    sums = opened(quoted=True, **STANDING)
    sums.type("carrier_rate", "90000")
    sums.type("margin", "30000")
    assert sums.values()["client_price"] == "100000.00"
    sums.type("margin_percent", "50")
    sums.clear("carrier_rate")
    sums.type("margin", "1000")
    assert sums.values()["client_price"] == "100000.00"


def test_rate_and_margin_still_give_a_price_that_is_not_known(opened: Any) -> None:
    sums = opened()
    sums.type("carrier_rate", "80000")
    sums.type("margin", "20000")
    assert sums.values()["client_price"] == "100000.00"


def test_a_rate_taken_away_takes_the_counted_margin_along(opened: Any) -> None:
    sums = opened(**STANDING)
    sums.clear("carrier_rate")
    assert sums.values() == {
        "client_price": "100000.00",
        "carrier_rate": "",
        "margin": "",
        "margin_percent": "",
    }
