"""A form of an order writes what it shows and what was changed there, and nothing else."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse

from orders import lifecycle
from orders.drafts import CargoData, OrderData, StopData, data_of
from orders.models import Order, OrderEvent
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.page_forms import PageForm, form_with
from tests.world import Cast

DETAILS: dict[str, Any] = {
    "adr": "3",
    "temperature_from": Decimal("-18.0"),
    "temperature_to": Decimal("-15.5"),
    "loading_types": ("rear", "side"),
    "customs": True,
    "payment_terms": "bank",
    "payment_days": 30,
    "carrier_terms": "оплата 10 дней",
    "note": "первая строка\nвторая строка",
    "request_note": "слова клиента",
    "stops": (
        StopData(
            "loading",
            "Бишкек",
            "KG",
            42.801,
            74.502,
            address="ул. Киевская, 1",
            company="ОсОО «Луч»",
            contact="Айбек",
            phone="+996700112233",
            on=order_samples.LOADING,
            time_from=time(9, 30, 15),
            time_to=time(12),
        ),
        StopData("customs", "Посёлок Без Карты", "KG", 41.5, 73.1, address="пост 4"),
        StopData("unloading", "Ош", "KG", 40.53, 72.8, address="ул. Ленина, 9", contact="Нурлан"),
    ),
    "cargo": (
        CargoData(
            "Лук", Decimal("5000"), Decimal("12"), 200, "мешки", Decimal("90000"), "3", "1993"
        ),
        CargoData("Чеснок", Decimal("10.5"), None, 3, "ящики"),
    ),
}


def detailed(cast: Cast, **changes: Any) -> Order:
    return order_samples.order(cast, **(DETAILS | changes))


def state(order: Order) -> OrderData:
    return data_of(Order.objects.get(pk=order.pk))


def edit_form(browser: Any, order: Order) -> PageForm:
    address = f"/orders/{order.ref}/edit/"
    return form_with(browser.get(address).content, address, "stop-0-place")


def events(order: Order) -> int:
    return OrderEvent.objects.filter(order=order).count()


@pytest.mark.parametrize("face", ["simple", "detailed"])
def test_saved_unchanged_leaves_no_trace(in_alpha: Cast, browse: Any, face: str) -> None:
    order = detailed(in_alpha, form=face)
    before = state(order)
    form = edit_form(browse(in_alpha, "dispatcher"), order)
    answer = browse(in_alpha, "dispatcher").post(form.action, form.fields)
    assert answer.status_code == 302
    order.refresh_from_db()
    assert state(order) == before
    assert (events(order), order.version) == (1, 1)


def test_the_simple_form_keeps_what_it_does_not_show(in_alpha: Cast, browse: Any) -> None:
    order = detailed(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, order)
    assert "stop-0-address" not in form.fields
    fields = form.fields | {"client_price": "999 999", "stop-2-place": "Нарын"}
    assert browser.post(form.action, fields).status_code == 302
    before = DETAILS
    after = state(order)
    assert after.client_price == Decimal("999999")
    assert (after.adr, after.customs, after.loading_types) == ("3", True, ("rear", "side"))
    assert (after.temperature_from, after.temperature_to) == (Decimal("-18.0"), Decimal("-15.5"))
    assert after.request_note == "слова клиента"
    assert after.cargo == before["cargo"]
    assert after.stops[:2] == before["stops"][:2]
    last = after.stops[2]
    assert (last.place, last.address, last.contact) == ("Нарын", "ул. Ленина, 9", "Нурлан")
    assert last.lat != before["stops"][2].lat


def test_the_detailed_form_keeps_the_clients_words_and_the_exact_point(
    in_alpha: Cast, browse: Any
) -> None:
    order = detailed(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, order)
    assert browser.post(form.action, form.fields | {"stop-0-contact": "Эмиль"}).status_code == 302
    after = state(order)
    assert after.request_note == "слова клиента"
    assert (after.stops[0].contact, after.stops[0].lat) == ("Эмиль", 42.801)
    assert after.stops[1].lat == 41.5


def test_a_tick_taken_away_on_the_detailed_form_is_taken_away(in_alpha: Cast, browse: Any) -> None:
    order = detailed(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, order)
    fields = {
        name: value
        for name, value in form.fields.items()
        if name not in ("customs", "loading_types")
    }
    assert browser.post(form.action, fields).status_code == 302
    after = state(order)
    assert (after.customs, after.loading_types, after.adr) == (False, (), "3")


def switched(browser: Any, form: PageForm, face: str, **typed: str) -> PageForm:
    answer: HttpResponse = browser.post(form.action, form.fields | typed | {"show": face})
    assert answer.status_code == 200
    return form_with(answer.content, form.action, "stop-0-place")


def test_switching_the_form_of_an_order_loses_nothing(in_alpha: Cast, browse: Any) -> None:
    order = detailed(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    to_detailed = switched(browser, edit_form(browser, order), "detailed")
    assert to_detailed.fields["stop-0-address"] == "ул. Киевская, 1"
    assert to_detailed.fields["cargo-1-packages"] == "3"
    assert to_detailed.fields["loading_types"] == ["side", "rear"]
    back = switched(browser, to_detailed, "simple", **{"stop-0-address": "ул. Новая, 5"})
    fields = back.fields | {"stop-1-address": "", "customs": ""}
    assert browser.post(back.action, fields).status_code == 302
    after = state(order)
    assert [stop.address for stop in after.stops] == ["ул. Новая, 5", "", "ул. Ленина, 9"]
    assert (after.cargo, after.customs) == (DETAILS["cargo"], False)


def test_switching_the_form_of_a_new_order_loses_nothing(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    address = "/orders/new/?face=detailed"
    form = form_with(browser.get(address).content, "/orders/new/", "stop-0-place")
    typed = {
        "client": str(in_alpha.company_id("client")),
        "stop-0-place": "Бишкек",
        "stop-0-address": "ул. Киевская, 1",
        "stop-1-place": "Ош",
        "cargo-0-name": "Лук",
        "cargo-0-packages": "7",
        "customs": "on",
        "loading_types": ["rear"],
        "adr": "3",
    }
    simple = switched(browser, form, "simple", **typed)  # type: ignore[arg-type]
    detailed_again = switched(browser, simple, "detailed")
    assert detailed_again.fields["stop-0-address"] == "ул. Киевская, 1"
    answer = browser.post("/orders/new/", simple.fields | {"face": "simple"})
    assert answer.status_code == 302
    after = data_of(Order.objects.get())
    assert (after.stops[0].address, after.cargo[0].packages) == ("ул. Киевская, 1", 7)
    assert (after.customs, after.loading_types, after.adr) == (True, ("rear",), "3")


def test_an_unchanged_edit_by_the_api_leaves_no_trace(in_alpha: Cast, call: Any) -> None:
    order = detailed(in_alpha)
    dispatcher = call(in_alpha, "dispatcher")
    answer = dispatcher.send("patch", f"orders/{order.ref}", {"note": DETAILS["note"]})
    assert answer.status_code == 200
    order.refresh_from_db()
    assert (events(order), order.version) == (1, 1)


def test_an_order_nobody_is_responsible_for_stays_so(in_alpha: Cast, browse: Any) -> None:
    order = detailed(in_alpha)
    Order.objects.filter(pk=order.pk).update(responsible=None)
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, order)
    assert form.fields["responsible"] == ""
    browser.post(form.action, form.fields | {"note": "другая"})
    after = state(order)
    assert (after.responsible, after.note) == (None, "другая")


def test_a_stop_left_out_takes_only_itself(in_alpha: Cast, browse: Any) -> None:
    order = detailed(in_alpha, form="detailed")
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, order)
    ticked = form.fields | {"stop-1-DELETE": "on"}
    again = switched(browser, PageForm(form.action, "post", ticked, ()), "cargo")
    assert again.fields["stop-1-DELETE"] == "on"
    assert browser.post(form.action, again.fields).status_code == 302
    after = state(order)
    assert after.stops == (DETAILS["stops"][0], DETAILS["stops"][2])


def test_a_copy_edited_by_the_simple_form_keeps_its_addresses(in_alpha: Cast, browse: Any) -> None:
    source = detailed(in_alpha)
    twin = lifecycle.copy(order=source, by=in_alpha.actor("dispatcher"), at=NOW)
    browser = browse(in_alpha, "dispatcher")
    form = edit_form(browser, twin)
    assert browser.post(form.action, form.fields | {"client_price": "5"}).status_code == 422
    fields = form.fields | {"client_price": "999999"}
    assert browser.post(form.action, fields).status_code == 302
    assert state(twin).stops[0].address == "ул. Киевская, 1"
