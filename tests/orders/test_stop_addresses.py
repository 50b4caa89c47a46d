"""A stop at an address of a company's card."""

from __future__ import annotations

from typing import Any

import pytest

from companies import addresses
from companies.models import Address, Company
from orders.models import Order, Stop
from tenants.kit import clock
from tests.orders import order_samples
from tests.page_forms import form_with
from tests.world import Cast


@pytest.fixture
def warehouse(in_alpha: Cast) -> Address:
    company = Company.objects.get(pk=in_alpha.company_id("client"))
    values = {
        "name": "Склад 2",
        "place": "Ош",
        "street": "Ленина, 5",
        "lat": 40.5,
        "lon": 72.81,
        "contact": "Азамат",
        "phone": "+996555000111",
    }
    by = in_alpha.actor("head")
    return addresses.add_address(company=company, values=values, by=by, at=clock.now())


def saved(order: Order, browser: Any, **changes: str) -> Stop:
    """The first stop after the form was saved with these values."""
    path = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(path).content, path, "stop-0-place")
    named = {f"stop-0-{name}": value for name, value in changes.items()}
    assert browser.post(path, form.fields | named).status_code == 302
    return order.stops.order_by("position")[0]


def test_the_stop_takes_over_what_the_page_left_empty(
    in_alpha: Cast, warehouse: Address, browse: Any
) -> None:
    order = order_samples.order(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    empty = {"place": "", "address": "", "contact": "", "phone": ""}
    stop = saved(order, browser, **empty, company_address=str(warehouse.pk))
    assert (stop.company_address, stop.place, stop.address) == (warehouse.pk, "Ош", "Ленина, 5")
    assert (stop.contact, stop.phone) == ("Азамат", "+996555000111")
    assert (stop.lat, stop.lon) == (40.5, 72.81)


def test_what_was_typed_stays_and_another_town_leaves_the_address(
    in_alpha: Cast, warehouse: Address, browse: Any
) -> None:
    order = order_samples.order(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    typed = {"place": "Ош", "address": "Ворота Б", "contact": "Нурлан"}
    stop = saved(order, browser, **typed, company_address=str(warehouse.pk))
    assert (stop.address, stop.contact, stop.company_address) == (
        "Ворота Б",
        "Нурлан",
        warehouse.pk,
    )
    stop = saved(order, browser, note="x")
    assert (stop.company_address, stop.lat) == (warehouse.pk, 40.5)
    stop = saved(order, browser, place="Бишкек")
    assert (stop.company_address, stop.country) == (None, "KG")
    assert stop.lat != 40.5


def test_an_address_that_is_none_is_said_and_the_choice_is_kept_otherwise(
    in_alpha: Cast, warehouse: Address, browse: Any
) -> None:
    order = order_samples.order(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    path = f"/orders/{order.ref}/edit/"
    form = form_with(browser.get(path).content, path, "stop-0-place").fields
    wrong = browser.post(path, form | {"stop-0-company_address": "nonsense"})
    assert wrong.status_code == 422
    chosen = {"stop-0-company_address": str(warehouse.pk), "stop-0-on": "вчера"}
    again = browser.post(path, form | chosen)
    page = form_with(again.content, path, "stop-0-place")
    assert (again.status_code, page.fields["stop-0-company_address"]) == (422, str(warehouse.pk))


def test_the_box_offers_addresses_by_company_town_and_street(
    in_alpha: Cast, warehouse: Address, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    for text in ("склад", "Ош", "ленина", warehouse.company.name):
        answer = browser.get("/companies/addresses/", {"q": text}).json()
        assert [one["value"] for one in answer] == [str(warehouse.pk)]
    assert answer[0]["fill"]["address"] == "Ленина, 5"
    addresses.archive_address(address=warehouse, by=in_alpha.actor("head"), at=clock.now())
    assert browser.get("/companies/addresses/", {"q": "склад"}).json() == []
    assert browse(in_alpha, "client").get("/companies/addresses/?q=скл").status_code in (403, 404)
