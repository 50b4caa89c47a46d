"""Asked before what harms the one who presses it; refused what cannot be."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from orders import bidding, lifecycle, market
from orders.errors import BadValue
from orders.models import Order, Stage, Trip
from tenants.exchange.models import Offer
from tenants.kit import clock
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.page_forms import PageForm, form_with, forms_on
from tests.world import Cast

ASK = Decimal("97000")


@pytest.fixture
def offer(in_alpha: Cast) -> Offer:
    """The partner asks 97 000."""
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(
        in_alpha, client_price=Decimal("120000"), carrier_rate=Decimal("90000")
    )
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    assert order.listing_id
    partner = in_alpha.actor("partner")
    return bidding.send(listing_id=order.listing_id, price=ASK, by=partner, at=later(1))


def act_form(browser: Any, address: str, act: str) -> PageForm:
    forms = forms_on(browser.get(address).content, address)
    return next(form for form in forms if form.action.endswith(f"/{act}/"))


def answered(browser: Any, form: PageForm, **typed: str) -> Any:
    """Press, be asked, say yes."""
    answer = browser.post(form.action, form.fields | typed)
    assert answer.status_code == 409
    again = form_with(answer.content, form.action, "sure")
    assert again.action == form.action
    return browser.post(again.action, again.fields)


def test_a_counter_worse_than_the_ask_is_asked_about(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = act_form(browser, "/offers/", "counter")
    answer = browser.post(form.action, form.fields | {"price": "150 000"})
    text = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 409
    assert "97 000" in text
    assert "150 000" in text
    offer.refresh_from_db()
    assert offer.price == ASK
    assert answered(browser, form, price="150 000").status_code == 302
    offer.refresh_from_db()
    assert offer.price == Decimal("150000")


def test_a_yes_to_one_price_is_none_to_another(in_alpha: Cast, offer: Offer, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = act_form(browser, "/offers/", "counter")
    answer = browser.post(form.action, form.fields | {"price": "150000"})
    again = form_with(answer.content, form.action, "sure")
    assert browser.post(form.action, again.fields | {"price": "950000"}).status_code == 409


def test_a_better_counter_goes_out_unasked(in_alpha: Cast, offer: Offer, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = act_form(browser, "/offers/", "counter")
    assert browser.post(form.action, form.fields | {"price": "95000"}).status_code == 302


def test_a_carrier_is_asked_before_it_goes_below_the_price(
    in_alpha: Cast, offer: Offer, browse: Any
) -> None:
    head = in_alpha.actor("head")
    bidding.counter(offer_id=offer.pk, price=Decimal("95000"), by=head, at=later(2))
    browser = browse(in_alpha, "partner")
    form = act_form(browser, "/partner/offers/", "counter")
    assert answered(browser, form, price="9500").status_code == 302
    offer.refresh_from_db()
    assert offer.price == Decimal("9500")


def test_accepting_at_a_loss_is_asked_about(in_alpha: Cast, offer: Offer, browse: Any) -> None:
    Order.objects.update(client_price=Decimal("95000"))
    browser = browse(in_alpha, "dispatcher")
    form = act_form(browser, "/offers/", "accept")
    assert browser.post(form.action, form.fields).status_code == 409
    offer.refresh_from_db()
    assert (offer.status, Trip.objects.count()) == (Offer.Status.OPEN, 0)
    assert answered(browser, form).status_code == 302
    assert Trip.objects.get().rate == ASK


def test_assigning_at_a_loss_is_asked_about(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    driver = order_samples.own_driver()
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{order.ref}/assign/"
    form = form_with(browser.get(address).content, address, "rate")
    typed = {"driver": str(driver.pk), "rate": "1 000 000"}
    assert answered(browser, form, **typed).status_code == 302
    assert Trip.objects.get().rate == Decimal("1000000")


def test_publishing_a_day_that_is_over_is_asked_about(in_alpha: Cast, browse: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    stops = order_samples.data(in_alpha).stops
    over = clock.now().astimezone(in_alpha.info.zone).date() - timedelta(days=2)
    order = order_samples.order(
        in_alpha,
        stops=(order_samples.replace(stops[0], on=over), order_samples.replace(stops[1], on=None)),
    )
    browser = browse(in_alpha, "dispatcher")
    form = act_form(browser, f"/orders/{order.ref}/", "publish")
    assert browser.post(form.action, form.fields).status_code == 409
    order.refresh_from_db()
    assert order.stage == Stage.DRAFT
    assert answered(browser, form).status_code == 302
    order.refresh_from_db()
    assert order.stage == Stage.PUBLISHED


def test_unloading_before_loading_is_refused(in_alpha: Cast, browse: Any, call: Any) -> None:
    order = order_samples.order(in_alpha)
    loading, unloading = order_samples.data(in_alpha).stops
    before = order_samples.LOADING - timedelta(days=1)
    wrong = (loading, order_samples.replace(unloading, on=before))
    dispatcher = in_alpha.actor("dispatcher")
    with pytest.raises(BadValue):
        lifecycle.create(data=order_samples.data(in_alpha, stops=wrong), by=dispatcher, at=NOW)
    body = {
        "stops": [
            {"kind": "loading", "place": "Бишкек", "date": str(order_samples.LOADING)},
            {"kind": "unloading", "place": "Ош", "date": str(before)},
        ]
    }
    answer = call(in_alpha, "dispatcher").send("patch", f"orders/{order.ref}", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["stops"])
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(address).content, address, "stop-1-on")
    page = browser.post(address, form.fields | {"stop-1-on": str(before)})
    assert page.status_code == 422
    assert "Ош" in page.content.decode()
    order.refresh_from_db()
    assert order.version == 1


def test_loading_and_unloading_on_one_day_may_be(in_alpha: Cast) -> None:
    loading, unloading = order_samples.data(in_alpha).stops
    stops = (loading, order_samples.replace(unloading, on=order_samples.LOADING))
    assert order_samples.order(in_alpha, stops=stops).pk
