"""Price, rate and margin as the order's form and the API save them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from orders import lifecycle
from orders.models import Order
from orders.stages import Act
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.page_forms import form_with
from tests.world import Cast

PRICE = Decimal("100000")
RATE = Decimal("80000")


@pytest.fixture
def order(in_alpha: Cast) -> Order:
    return order_samples.order(in_alpha, client_price=PRICE, carrier_rate=RATE)


@pytest.fixture
def quoted(in_alpha: Cast, order: Order) -> Order:
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=NOW)
    return order


def saved(browser: Any, order: Order, **typed: str) -> int:
    """The status of the answer to the order's form with these fields typed."""
    address = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(address).content, address, "client_price")
    answer = browser.post(address, form.fields | typed)
    order.refresh_from_db()
    return int(answer.status_code)


def sums(order: Order) -> tuple[Decimal | None, Decimal | None]:
    return order.client_price, order.carrier_rate


def test_an_empty_margin_was_not_typed(in_alpha: Cast, order: Order, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    assert saved(browser, order, margin="", margin_percent="") == 302
    assert sums(order) == (PRICE, RATE)


def test_a_foreign_price_stays_when_the_margin_is_cleared(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(
        in_alpha,
        client_price=Decimal("2500"),
        currency="USD",
        client_fx=Decimal("87.5"),
        carrier_rate=Decimal("155088.50"),
        carrier_currency="KGS",
    )
    browser = browse(in_alpha, "dispatcher")
    assert saved(browser, order, margin="", margin_percent="", note="так") == 302
    assert sums(order) == (Decimal("2500"), Decimal("155088.50"))


def test_a_margin_typed_alone_moves_the_rate(in_alpha: Cast, quoted: Order, browse: Any) -> None:
    assert saved(browse(in_alpha, "dispatcher"), quoted, margin="15000") == 302
    assert sums(quoted) == (PRICE, Decimal("85000"))


def test_a_share_typed_alone_moves_the_rate(in_alpha: Cast, quoted: Order, browse: Any) -> None:
    assert saved(browse(in_alpha, "dispatcher"), quoted, margin_percent="25") == 302
    assert sums(quoted) == (PRICE, Decimal("75000"))


def test_an_empty_rate_follows_from_the_margin_shown(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    assert saved(browser, quoted, carrier_rate="", margin="30000") == 302
    assert sums(quoted) == (PRICE, Decimal("70000"))


def test_a_quoted_price_is_never_counted_from_other_sums(
    in_alpha: Cast, quoted: Order, browse: Any, call: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    assert saved(browser, quoted, client_price="", margin="50000") == 422
    assert sums(quoted) == (PRICE, RATE)
    body = {"client_price": None, "margin": "50000.00"}
    answer = call(in_alpha, "dispatcher").send("patch", f"orders/{quoted.ref}", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["client_price"])


def test_the_price_of_a_draft_may_still_follow(in_alpha: Cast, order: Order, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    assert saved(browser, order, client_price="", margin="50000", margin_percent="") == 302
    assert sums(order) == (Decimal("130000"), RATE)


@pytest.mark.parametrize("name", ["margin", "margin_percent"])
def test_an_empty_margin_by_the_api_changes_nothing(
    in_alpha: Cast, order: Order, call: Any, name: str
) -> None:
    dispatcher = call(in_alpha, "dispatcher")
    assert dispatcher.send("patch", f"orders/{order.ref}", {name: None}).status_code == 200
    order.refresh_from_db()
    assert sums(order) == (PRICE, RATE)


def test_a_loss_is_asked_about_once(in_alpha: Cast, quoted: Order, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{quoted.ref}/edit/"
    form = form_with(browser.get(address).content, address, "client_price")
    answer = browser.post(address, form.fields | {"client_price": "70000"})
    quoted.refresh_from_db()
    assert (answer.status_code, sums(quoted)) == (422, (PRICE, RATE))
    question = form_with(answer.content, address, "sure")
    worse = browser.post(address, question.fields | {"client_price": "7000"})
    quoted.refresh_from_db()
    assert (worse.status_code, sums(quoted)) == (422, (PRICE, RATE))
    assert browser.post(address, question.fields).status_code == 302
    quoted.refresh_from_db()
    assert sums(quoted) == (Decimal("70000"), RATE)
    assert saved(browser, quoted, note="без вопроса") == 302


def test_a_new_order_with_a_loss_is_asked_about(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    address = "/orders/new/"
    form = form_with(browser.get(address).content, address, "client_price")
    typed = {"client_price": "100", "carrier_rate": "200", "cargo-0-name": "Лук"}
    answer = browser.post(address, form.fields | typed)
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    question = form_with(answer.content, address, "sure")
    assert browser.post(address, question.fields).status_code == 302
    assert Order.objects.get().margin == Decimal("-100")


def test_the_page_tells_the_browser_which_price_stands(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    draft = order_samples.order(in_alpha, client_price=PRICE, carrier_rate=RATE)
    pages = [browser.get(f"/orders/{one.ref}/edit/") for one in (quoted, draft)]
    assert ["data-quoted" in page.content.decode() for page in pages] == [True, False]
    form = form_with(pages[0].content, "/", "client_price")
    assert (form.fields["margin"], form.fields["margin_percent"]) == ("20000.00", "20.00")
