"""Every page of orders opens for whom it is meant, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from orders import assignment, bidding, market
from orders.models import Order, Stage, Trip
from tenants.context import CARRIERS, inside
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast


@pytest.fixture
def published(in_alpha: Cast) -> Order:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("dispatcher"), at=NOW)
    return order


@pytest.fixture
def driven(in_alpha: Cast) -> Trip:
    """An order that the partner drives."""
    order = order_samples.order(in_alpha)
    company = order_samples.partner_carrier(in_alpha)
    who = assignment.assignment_to(order=order, rate=None, partner=company)
    return assignment.assign_directly(
        order=order,
        assignment=who,
        by=in_alpha.actor("dispatcher"),
        at=NOW,
    )


def test_office_opens_its_pages(in_alpha: Cast, driven: Trip, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    ref = driven.order.ref
    for address in (
        "/orders/",
        "/orders/?view=mine&q=Ош&stage=assigned&sort=-price",
        "/orders/new/",
        "/orders/new/?face=detailed",
        "/exchange/",
        "/offers/",
        "/offers/?side=carrier",
        "/jobs/",
        f"/orders/{ref}/",
        f"/orders/{ref}/offers/",
        f"/orders/{ref}/trip/",
        f"/orders/{ref}/documents/",
        f"/orders/{ref}/history/",
        f"/orders/{ref}/edit/",
        f"/orders/{ref}/assign/",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, address


def test_an_order_is_entered_by_the_simplified_form(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = {
        "face": "simple",
        "client": str(in_alpha.company_id("client")),
        "responsible": str(in_alpha.actor("dispatcher").member_id),
        "stop-TOTAL_FORMS": "2",
        "stop-INITIAL_FORMS": "2",
        "stop-0-kind": "loading",
        "stop-0-place": "Бишкек",
        "stop-0-on": "2026-12-01",
        "stop-1-kind": "unloading",
        "stop-1-place": "Ош",
        "cargo-TOTAL_FORMS": "1",
        "cargo-INITIAL_FORMS": "0",
        "cargo-0-name": "Лук",
        "cargo-0-weight_kg": "5 000",
        "client_price": "100 000,00",
        "currency": "KGS",
        "carrier_rate": "",
        "carrier_currency": "KGS",
        "margin": "20000",
    }
    answer = browser.post("/orders/new/", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.ref}/"
    assert (
        order.carrier_rate,
        order.margin,
        order.route,
        order.weight_kg,
    ) == (80_000, 20_000, "Бишкек → Ош", 5_000)
    assert order.stops.get(position=1).country == "KG"


def test_a_form_with_a_fault_says_where(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = {
        "face": "simple",
        "stop-TOTAL_FORMS": "2",
        "stop-INITIAL_FORMS": "2",
        "stop-0-kind": "loading",
        "stop-1-kind": "unloading",
        "cargo-TOTAL_FORMS": "1",
        "cargo-INITIAL_FORMS": "0",
        "client_price": "много",
        "currency": "KGS",
        "carrier_currency": "KGS",
    }
    answer = browser.post("/orders/new/", form)
    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_the_detailed_face_keeps_what_was_typed(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    form = {
        "face": "simple",
        "show": "detailed",
        "stop-TOTAL_FORMS": "2",
        "stop-INITIAL_FORMS": "2",
        "stop-0-kind": "loading",
        "stop-0-place": "Каракол",
        "stop-1-kind": "unloading",
        "cargo-TOTAL_FORMS": "1",
        "cargo-INITIAL_FORMS": "0",
        "client_price": "7777",
        "currency": "KGS",
        "carrier_currency": "KGS",
    }
    page = browser.post("/orders/new/", form).content.decode()
    assert "Каракол" in page
    assert "7777" in page
    assert 'name="stop-0-address"' in page


def test_buttons_of_the_card_do_what_they_say(in_alpha: Cast, browse: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    assert browser.post(f"/orders/{order.ref}/act/publish/").status_code == 302
    again = browser.post(f"/orders/{order.ref}/act/publish/")
    assert again.status_code == 409
    order.refresh_from_db()
    assert order.stage == Stage.PUBLISHED
    answer = browser.post(
        f"/orders/{order.ref}/cancel/",
        {"reason": "передумали"},
        headers={"HX-Request": "true"},
    )
    assert answer["HX-Redirect"] == f"/orders/{order.ref}/"
    order.refresh_from_db()
    assert (order.stage, order.cancel_reason) == (
        Stage.CANCELLED,
        "передумали",
    )


def test_publishing_without_the_platform_contract_leads_to_it(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    answer = browse(in_alpha, "dispatcher").post(f"/orders/{order.ref}/act/publish/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/my-company/",
    )
    order.refresh_from_db()
    assert order.stage == Stage.DRAFT


def test_stages_and_incidents_are_entered_on_the_trip_tab(
    in_alpha: Cast, driven: Trip, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    ref = driven.order.ref
    assert browser.post(f"/orders/{ref}/trip/advance/", {"stage": "to_loading"}).status_code == 302
    assert browser.post(f"/orders/{ref}/trip/advance/", {"stage": "to_loading"}).status_code == 409
    assert (
        browser.post(
            f"/orders/{ref}/trip/incidents/",
            {
                "kind": "delay",
                "text": "пробка",
                "cost": "1 500",
                "currency": "KGS",
            },
        ).status_code
        == 302
    )
    driven.refresh_from_db()
    incident = driven.incidents.get()
    assert (driven.stage, incident.cost, incident.cost_home) == (
        "to_loading",
        1500,
        1500,
    )
    assert browser.get(f"/orders/{ref}/trip/").status_code == 200


def test_partner_opens_its_pages(
    in_alpha: Cast, driven: Trip, published: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "partner")
    for address in (
        "/partner/",
        "/partner/exchange/",
        f"/partner/exchange/{published.listing_id}/",
        "/partner/offers/",
        f"/partner/jobs/{driven.job_id}/",
    ):
        assert browser.get(address).status_code == 200, address
    assert (
        browser.post(
            f"/partner/exchange/{published.listing_id}/offer/",
            {"price": "700000"},
        ).status_code
        == 302
    )
    assert (
        browser.post(
            f"/partner/jobs/{driven.job_id}/advance/",
            {"stage": "to_loading"},
        ).status_code
        == 302
    )
    driven.refresh_from_db()
    assert driven.stage == "to_loading"
    for address in (
        "/orders/",
        "/exchange/",
        "/offers/",
        f"/orders/{driven.order.ref}/",
    ):
        assert browser.get(address).status_code == 404, address


def test_another_partner_sees_neither_the_trip_nor_the_offer(
    in_alpha: Cast, driven: Trip, published: Order, browse: Any
) -> None:
    order_samples.partner_carrier(in_alpha, "partner2")
    offer = bidding.send(
        listing_id=published.listing_id,
        price=order_samples.RATE,
        by=in_alpha.actor("partner"),
        at=later(1),
    )
    browser = browse(in_alpha, "partner2")
    assert browser.get(f"/partner/jobs/{driven.job_id}/").status_code == 404
    assert browser.post(f"/partner/offers/{offer.pk}/withdraw/").status_code == 404
    assert order_samples.RATE not in [
        one.price for one in bidding.outgoing(in_alpha.actor("partner2"), at=later(1))
    ]


def test_client_opens_its_pages(in_alpha: Cast, driven: Trip, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    ref = driven.order.ref
    for address in (
        "/cabinet/",
        "/cabinet/orders/new/",
        f"/cabinet/orders/{ref}/",
    ):
        assert browser.get(address).status_code == 200, address
    answer = browser.post(
        "/cabinet/orders/new/",
        {"origin": "Бишкек", "destination": "Нарын", "cargo": "Мёд"},
    )
    assert answer.status_code == 302
    order = Order.objects.get(stage=Stage.REQUESTED)
    assert (order.client_id, order.client_price) == (
        in_alpha.company_id("client"),
        None,
    )
    assert browse(in_alpha, "client2").get(f"/cabinet/orders/{ref}/").status_code == 404
    assert browser.get("/orders/").status_code == 404


def test_driver_opens_its_pages(
    in_alpha: Cast, published: Order, browse: Any, driver_browser: Any
) -> None:
    driver = order_samples.pool_driver()
    with inside(CARRIERS):
        offer = bidding.send(
            listing_id=published.listing_id,
            price=order_samples.RATE,
            by=order_samples.as_driver(driver),
            at=later(1),
        )
    trip = bidding.accept(offer_id=offer.pk, by=in_alpha.actor("dispatcher"), at=later(2))
    assert trip
    browser = driver_browser(driver)
    for address in (
        "/driver/",
        "/driver/exchange/",
        "/driver/offers/",
        f"/driver/jobs/{trip.job_id}/",
        f"/driver/exchange/{published.listing_id}/",
    ):
        assert browser.get(address).status_code == 200, address
    job = browser.get(f"/driver/jobs/{trip.job_id}/").content.decode()
    assert "ул. Секретная, 7" in job
    assert (
        browser.post(
            f"/driver/jobs/{trip.job_id}/advance/",
            {"stage": "to_loading"},
        ).status_code
        == 302
    )
    assert (
        browser.post(
            f"/driver/jobs/{trip.job_id}/advance/",
            {"stage": "to_loading"},
        ).status_code
        == 302
    )  # a second press: told, not done twice
    trip.refresh_from_db()
    assert (trip.stage, trip.events.count()) == ("to_loading", 2)
    point = [{"at": later(5).isoformat(), "lat": 42.8, "lon": 74.6}]
    url = f"/driver/jobs/{trip.job_id}/positions/"
    assert browser.post(url, point, content_type="application/json").json() == {
        "stored": 1,
        "refused": [],
    }
    assert browser.post(url, point, content_type="application/json").json() == {
        "stored": 0,
        "refused": [],
    }
    assert browser.post(url, {"lat": 1}, content_type="application/json").status_code == 422


def test_the_accountant_reads_but_does_not_bargain(
    in_alpha: Cast, published: Order, browse: Any
) -> None:
    browser = browse(in_alpha, "accountant")
    assert browser.get(f"/orders/{published.ref}/offers/").status_code == 403
    assert browser.get("/offers/").status_code == 403
    for address in (
        "/orders/",
        f"/orders/{published.ref}/",
        "/orders/export/?format=csv",
        f"/orders/{published.ref}/history/",
    ):
        page = browser.get(address).content.decode()
        plain = page.replace("\xa0", "").replace(" ", "")
        assert "765432" not in plain, address
        assert "222219" not in plain, address  # the margin, 222,219.13
    assert browser.post(f"/orders/{published.ref}/act/unpublish/").status_code == 403


def test_beta_sees_nothing_of_alpha(
    in_alpha: Cast, beta: Cast, published: Order, browse: Any
) -> None:
    browser = browse(beta, "head")
    assert published.ref not in browser.get("/orders/").content.decode()
    for address in (
        f"/orders/{published.ref}/",
        f"/orders/{published.ref}/trip/",
        f"/orders/{published.ref}/edit/",
    ):
        assert browser.get(address).status_code == 404, address
    shown = browser.get(f"/exchange/{published.listing_id}/").content.decode()
    for secret in (
        "987651",
        "987 651",
        "987\xa0651",
        "client of alpha",
        "Секретная",
        "Айбек",
    ):
        assert secret not in shown
