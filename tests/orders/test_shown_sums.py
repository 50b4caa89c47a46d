"""A yes carries the sum that was shown: to another one it is refused, with the new one in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from orders import acceptance, assignment, bidding, lifecycle, market
from orders.acceptance import PriceChanged, Shown
from orders.models import Order, Stage
from orders.stages import Act
from tenants.exchange.models import Offer
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.page_forms import PageForm, form_with, forms_on
from tests.world import Cast

SHOWN = Decimal("50000")
CHANGED = Decimal("95000")


@pytest.fixture
def quoted(in_alpha: Cast) -> Order:
    order = order_samples.order(in_alpha, client_price=SHOWN, carrier_rate=Decimal("40000"))
    lifecycle.advance(order=order, act=Act.QUOTE, by=in_alpha.actor("head"), at=NOW)
    return order


def change_price(cast: Cast, order: Order, price: Decimal = CHANGED) -> None:
    data = order_samples.data(cast, client_price=price, carrier_rate=Decimal("40000"))
    lifecycle.edit(order=order, data=data, by=cast.actor("dispatcher"), at=NOW)


def agreed(order: Order) -> bool:
    order.refresh_from_db()
    return order.agreed_at is not None


def cabinet_form(browser: Any, order: Order) -> PageForm:
    card = f"/cabinet/orders/{order.ref}/"
    return form_with(browser.get(card).content, card, "price")


def test_a_client_agrees_to_the_price_on_its_page_only(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "client")
    old_page = cabinet_form(browser, quoted)
    change_price(in_alpha, quoted)
    answer = browser.post(old_page.action, old_page.fields)
    assert answer.status_code == 409
    assert "95 000" in answer.content.decode().replace("\xa0", " ")
    assert not agreed(quoted)
    new_page = cabinet_form(browser, quoted)
    assert browser.post(new_page.action, new_page.fields).status_code == 302
    assert agreed(quoted)


@pytest.mark.parametrize("left_out", [("price",), ("price", "currency", "version")])
def test_a_yes_without_a_price_is_none(
    in_alpha: Cast, quoted: Order, browse: Any, left_out: tuple[str, ...]
) -> None:
    browser = browse(in_alpha, "client")
    form = cabinet_form(browser, quoted)
    fields = {name: value for name, value in form.fields.items() if name not in left_out}
    assert browser.post(form.action, fields).status_code == 409
    assert not agreed(quoted)


def test_another_currency_or_version_is_another_sum(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "client")
    form = cabinet_form(browser, quoted)
    for name, value in (("currency", "USD"), ("version", "1"), ("price", "abc")):
        assert browser.post(form.action, form.fields | {name: value}).status_code == 409
    assert not agreed(quoted)


def test_the_api_agrees_to_the_named_price_only(in_alpha: Cast, quoted: Order, call: Any) -> None:
    client = call(in_alpha, "client")
    address = f"orders/{quoted.ref}/agree"
    change_price(in_alpha, quoted)
    for body in ({}, {"price": "50000.00"}, {"price": "95000.00", "currency": "USD"}):
        answer = client.send("post", address, body)
        assert (answer.status_code, answer.json()["title"]) == (409, "price_changed")
        assert "95" in answer.json()["detail"]
    assert not agreed(quoted)
    assert client.send("post", address, {"price": "95000.00"}).json()["agreed_at"]


def test_a_changed_quote_asks_anew(in_alpha: Cast, quoted: Order, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    form = cabinet_form(browser, quoted)
    assert browser.post(form.action, form.fields).status_code == 302
    change_price(in_alpha, quoted, SHOWN)
    assert agreed(quoted)
    change_price(in_alpha, quoted)
    assert not agreed(quoted)
    form = cabinet_form(browser, quoted)
    assert form.fields["price"] == "95000.00"
    assert browser.post(form.action, form.fields).status_code == 302
    assert agreed(quoted)


def test_a_price_changed_on_the_way_is_asked_anew(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    head = in_alpha.actor("head")
    shown = Shown(SHOWN, "KGS")
    acceptance.advance(order=quoted, act=Act.AGREE, shown=shown, by=head, at=NOW)
    who = assignment.assignment_to(order=quoted, rate=None, driver=order_samples.own_driver())
    assignment.assign_directly(order=quoted, assignment=who, by=head, at=NOW)
    change_price(in_alpha, quoted)
    assert not agreed(quoted)
    browser = browse(in_alpha, "client")
    form = cabinet_form(browser, quoted)
    assert browser.post(form.action, form.fields).status_code == 302
    assert agreed(quoted)
    assert quoted.stage == Stage.ASSIGNED


def office_form(browser: Any, order: Order, act: str) -> PageForm:
    card = f"/orders/{order.ref}/"
    address = f"{card}act/{act}/"
    forms = forms_on(browser.get(card).content, card)
    return next(form for form in forms if form.action == address)


def test_the_office_says_the_clients_yes_to_the_price_it_saw(
    in_alpha: Cast, quoted: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    old_page = office_form(browser, quoted, "agree")
    change_price(in_alpha, quoted)
    assert browser.post(old_page.action, old_page.fields).status_code == 409
    new_page = office_form(browser, quoted, "agree")
    assert browser.post(new_page.action, new_page.fields).status_code == 302
    assert agreed(quoted)


@pytest.mark.parametrize("act", ["quote", "publish"])
def test_the_office_quotes_and_publishes_what_it_saw(in_alpha: Cast, browse: Any, act: str) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha, client_price=SHOWN, carrier_rate=Decimal("40000"))
    browser = browse(in_alpha, "dispatcher")
    old_page = office_form(browser, order, act)
    change_price(in_alpha, order)
    assert browser.post(old_page.action, old_page.fields).status_code == 409
    order.refresh_from_db()
    assert order.stage == Stage.DRAFT
    new_page = office_form(browser, order, act)
    assert browser.post(new_page.action, new_page.fields).status_code == 302


def test_the_office_completes_at_the_price_it_saw(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha, client_price=SHOWN, carrier_rate=Decimal("40000"))
    Order.objects.filter(pk=order.pk).update(stage=Stage.DELIVERED)
    browser = browse(in_alpha, "dispatcher")
    old_page = office_form(browser, order, "complete")
    change_price(in_alpha, order)
    assert browser.post(old_page.action, old_page.fields).status_code == 409
    order.refresh_from_db()
    assert order.stage == Stage.DELIVERED


def test_a_carrier_is_assigned_on_the_order_as_shown(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    driver = order_samples.own_driver()
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{order.ref}/assign/"
    old_page = form_with(browser.get(address).content, address, "rate")
    lifecycle.edit(
        order=order,
        data=order_samples.data(in_alpha, carrier_rate=Decimal("1")),
        by=in_alpha.actor("head"),
        at=NOW,
    )
    fields = old_page.fields | {"driver": str(driver.pk)}
    assert browser.post(address, fields).status_code == 409
    new_page = form_with(browser.get(address).content, address, "rate")
    fields = new_page.fields | {"driver": str(driver.pk)}
    assert browser.post(address, fields).status_code == 302


@pytest.fixture
def offer(in_alpha: Cast) -> Offer:
    """The partner bids 70 000 on a published order."""
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    assert order.listing_id
    return bidding.send(
        listing_id=order.listing_id,
        price=Decimal("70000"),
        by=in_alpha.actor("partner"),
        at=later(1),
    )


def bargain(cast: Cast, offer_id: UUID, *, owner: str, carrier: str) -> None:
    """The owner names a price, and the carrier another one."""
    head = cast.actor("head")
    partner = cast.actor("partner")
    bidding.counter(offer_id=offer_id, price=Decimal(owner), by=head, at=later(2))
    bidding.counter(offer_id=offer_id, price=Decimal(carrier), by=partner, at=later(3))


def thread_form(browser: Any, address: str, act: str) -> PageForm:
    forms = forms_on(browser.get(address).content, address)
    return next(form for form in forms if form.action.endswith(f"/{act}/"))


def test_the_owner_accepts_the_price_on_its_page_only(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    old_page = thread_form(browser, "/offers/", "accept")
    bargain(in_alpha, offer.pk, owner="60000", carrier="95000")
    answer = browser.post(old_page.action, old_page.fields)
    assert answer.status_code == 409
    assert "95 000" in answer.content.decode().replace("\xa0", " ")
    offer.refresh_from_db()
    assert offer.status == Offer.Status.OPEN
    new_page = thread_form(browser, "/offers/", "accept")
    assert browser.post(new_page.action, new_page.fields).status_code == 302
    assert Order.objects.get().carrier_rate == Decimal("95000")


def test_the_same_price_of_a_later_round_is_looked_at_again(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    old_page = thread_form(browser, "/offers/", "accept")
    bargain(in_alpha, offer.pk, owner="60000", carrier="70000")
    assert browser.post(old_page.action, old_page.fields).status_code == 409


def test_a_carrier_accepts_the_price_on_its_page_only(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    head = in_alpha.actor("head")
    bidding.counter(offer_id=offer.pk, price=Decimal("65000"), by=head, at=later(2))
    browser = browse(in_alpha, "partner")
    old_page = thread_form(browser, "/partner/offers/", "accept")
    partner = in_alpha.actor("partner")
    bidding.counter(offer_id=offer.pk, price=Decimal("69000"), by=partner, at=later(3))
    bidding.counter(offer_id=offer.pk, price=Decimal("30000"), by=head, at=later(4))
    answer = browser.post(old_page.action, old_page.fields)
    assert answer.status_code == 409
    assert "30 000" in answer.content.decode().replace("\xa0", " ")
    offer.refresh_from_db()
    assert offer.status == Offer.Status.OPEN


def test_a_counter_answers_the_round_it_was_typed_for(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    old_page = thread_form(browser, "/offers/", "counter")
    bargain(in_alpha, offer.pk, owner="60000", carrier="40000")
    answer = browser.post(old_page.action, old_page.fields | {"price": "55000"})
    assert answer.status_code == 409
    offer.refresh_from_db()
    assert offer.price == Decimal("40000")


def test_the_api_accepts_the_named_price_only(in_alpha: Cast, offer: Offer, call: Any) -> None:
    dispatcher = call(in_alpha, "dispatcher")
    address = f"exchange/offers/{offer.pk}"
    stands = dispatcher.send("get", address).json()
    assert (stands["price"], stands["version"]) == ("70000.00", 1)
    bargain(in_alpha, offer.pk, owner="60000", carrier="95000")
    for body in ({"price": "70000.00"}, {"version": 1}, {"price": "95000", "currency": "USD"}):
        answer = dispatcher.send("post", f"{address}/accept", body)
        assert (answer.status_code, answer.json()["title"]) == (409, "price_changed")
    answer = dispatcher.send("post", f"{address}/counter", {"price": "50000", "version": 1})
    assert answer.status_code == 409
    body = {"price": "95000.00", "currency": "KGS", "version": 3}
    assert dispatcher.send("post", f"{address}/accept", body).json()["status"] == "accepted"


def test_a_second_press_is_said_as_before(in_alpha: Cast, quoted: Order) -> None:
    head = in_alpha.actor("head")
    shown = Shown(SHOWN, "KGS", quoted.version)
    acceptance.advance(order=quoted, act=Act.AGREE, shown=shown, by=head, at=NOW)
    with pytest.raises(lifecycle.Missing):
        acceptance.advance(order=quoted, act=Act.AGREE, shown=shown, by=head, at=NOW)
    with pytest.raises(PriceChanged):
        Shown(demanded=True).check(price=SHOWN, currency="KGS", version=1)
