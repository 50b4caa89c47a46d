"""Amounts typed key by key: what is shown, what is sent, what the server takes it for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.kit.numbers import COMMA, LANGUAGES, readings
from tests.ui.conftest import ROOT
from tests.ui.money_fields import cleaned, inputs, money_fields
from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

TEMPLATES = ROOT / "templates"
BY_HAND = {
    (
        "exchange/_thread.html",
        "price",
    ): "orders.forms.exchange.OfferForm.price",
    (
        "orders/trip.html",
        "cost",
    ): "orders.forms.trip.CostedIncidentForm.cost",
    (
        "cargo/month_close.html",
        "amount",
    ): "commission.cargo.forms.months.PayForm.amount",
}
AMOUNTS = ("12500", "100000", "1234567.89")
TYPED = {"12500": "12500", "100000": "100000", "1234567.89": "1234567.89"}
TYPED_WITH_MARKS = {
    "ru": {
        "1234567,89": "1234567.89",
        "1 234 567,89": "1234567.89",
        "12 500": "12500",
    },
    "ky": {
        "1234567,89": "1234567.89",
        "1 234 567,89": "1234567.89",
        "12 500": "12500",
    },
    "th": {"1,234,567.89": "1234567.89", "12,500": "12500"},
    "en": {"1,234,567.89": "1234567.89", "12,500": "12500"},
}
SHOWN = {
    "ru": ["12\u00a0500", "100\u00a0000", "1\u00a0234\u00a0567,89"],
    "ky": ["12\u00a0500", "100\u00a0000", "1\u00a0234\u00a0567,89"],
    "th": ["12,500", "100,000", "1,234,567.89"],
    "en": ["12,500", "100,000", "1,234,567.89"],
}
SENT = "name => new FormData(document.querySelector('form')).get(name)"
ONE = "<form method='post'><input name='amount' data-money><input name='other'></form>"
EDITS = {
    "a digit before all": (["1500", "Home", "2"], "21500"),
    "a digit in the middle": (
        ["15000", "Home", "ArrowRight", "9"],
        "195000",
    ),
    "the first digit away": (["123456", "Home", "Delete"], "23456"),
    "two digits away": (["1234567", "Backspace", "Backspace"], "12345"),
    "all away and anew": (
        ["1234567", "Control+a", "Backspace", "12500"],
        "12500",
    ),
    "the whole part of a price": (
        ["12345.67", "Home", "Delete", "Delete"],
        "345.67",
    ),
}


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("typing")) as site:
        for language in LANGUAGES:
            site.pages[f"/{language}"] = page(language, inputs(money_fields()))
            site.pages[f"/{language}/one"] = page(language, ONE)
        yield site


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def own(browser: Any, small_site: Site, language: str) -> Iterator[Any]:
    tab = browser.new_page()
    tab.goto(f"{small_site.url}/{language}/one")
    yield tab
    tab.close()


def retype(tab: Any, name: str, text: str) -> Any:
    box = tab.locator(f"[name='{name}']")
    box.focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Backspace")
    box.press_sequentially(text)
    return tab.evaluate(SENT, name)


def test_forms_with_money_are_found() -> None:
    fields = money_fields()
    assert len(fields) >= 12
    assert {name.split(".")[0] for name in fields} >= {
        "orders",
        "finance",
        "commission",
    }


def test_inputs_of_money_in_templates_are_read_by_a_form_with_that_field() -> None:
    """An input written by hand in a template has the name of a form's field of money."""
    written = {
        (str(path.relative_to(TEMPLATES)), name)
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r"<input\b[^>]*\bdata-money\b[^>]*>", path.read_text())
        for name in re.findall(r'\bname="(\w+)"', tag)
    }
    assert written == set(BY_HAND)
    assert set(BY_HAND.values()) <= money_fields().keys()


def test_amount_typed_into_every_field_of_money_is_stored(
    browser: Any, small_site: Site, language: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{small_site.url}/{language}")
    expected = TYPED | TYPED_WITH_MARKS[language]
    for name, field in money_fields().items():
        sent = {text: retype(tab, name, text) for text in expected}
        assert sent == expected, name
        stored = {text: cleaned(field, sent[text]) for text in expected}
        assert stored == {text: Decimal(plain) for text, plain in expected.items()}, name
    tab.close()


def test_amount_is_shown_as_the_language_writes_it(own: Any, language: str) -> None:
    shown = []
    for text in AMOUNTS:
        retype(own, "amount", text)
        own.locator("[name=other]").focus()
        shown.append(own.locator("[name=amount]").input_value())
    assert shown == SHOWN[language]


def test_more_than_two_places_are_refused_in_the_language(
    browser: Any, small_site: Site, language: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{small_site.url}/{language}")
    typed = "1,2500" if language in COMMA else "1.2500"
    for name, field in money_fields().items():
        assert retype(tab, name, typed) == "1.2500", name
        with pytest.raises(ValidationError) as refused:
            cleaned(field, "1.2500")
        assert refused.value.messages == [translation.gettext("Too many digits after the point.")]
    tab.close()


@pytest.mark.parametrize("edit", EDITS)
def test_amount_may_be_corrected(own: Any, edit: str) -> None:
    keys, expected = EDITS[edit]
    box = own.locator("[name=amount]")
    box.focus()
    for key in keys:
        if key.replace(".", "").isdigit():
            box.press_sequentially(key)
        else:
            own.keyboard.press(key)
    assert own.evaluate(SENT, "amount") == expected


def test_pasted_text_is_read_as_a_whole(own: Any, language: str) -> None:
    """What can be read in two ways, or not at all, is sent as it stands for the server to refuse."""
    sent = {}
    table = {text: plain for text, plain in readings(language).items() if text.strip()}
    for text in table:
        own.locator("[name=amount]").focus()
        own.keyboard.press("Control+a")
        own.keyboard.insert_text(text)
        sent[text] = own.evaluate(SENT, "amount")
    assert sent == {text: text if plain is None else plain for text, plain in table.items()}


def test_script_reads_numbers_as_the_server_does(
    browser: Any, small_site: Site, language: str
) -> None:
    tab = browser.new_page(bypass_csp=True)
    tab.goto(f"{small_site.url}/{language}/one")
    table = readings(language)
    read = tab.evaluate(
        """async ([texts, language]) => {
          const { read } = await import("/static/js/number.js");
          return texts.map((text) => read(text, language));
        }""",
        [list(table), language],
    )
    tab.close()
    assert dict(zip(table, read, strict=True)) == table


PRICING = """<form method="post" data-pricing><div data-fx="KGS">
  <input name="client_price" data-money><input name="carrier_rate" data-money>
  <input name="margin" data-money><input name="margin_percent">
  <select name="currency"><option>KGS</option><option>USD</option></select>
  <select name="carrier_currency"><option>KGS</option><option>USD</option></select>
  <div class="field"><input name="client_fx"></div><div class="field"><input name="carrier_fx"></div>
  <div class="field"><input name="rate_date"></div></div></form>"""


def test_margin_follows_price_and_rate_while_they_are_typed(
    browser: Any, small_site: Site, language: str
) -> None:
    small_site.pages[f"/{language}/pricing"] = page(language, PRICING, "orders")
    tab = browser.new_page()
    tab.goto(f"{small_site.url}/{language}/pricing")
    retype(tab, "client_price", "125000")
    retype(tab, "carrier_rate", "100000")
    margin = [tab.evaluate(SENT, name) for name in ("margin", "margin_percent")]
    retype(tab, "margin_percent", "10")
    price = tab.evaluate(SENT, "client_price")
    tab.close()
    assert (margin, price) == (["25000.00", "20.00"], "111111.11")
