"""The office's forms on the real stack: a dead network, an ended session, Enter, a reload after a write."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e import office, people
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser]
NOTE = "Позвонить до загрузки"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
KEPT = "(text) => Object.values(localStorage).some((draft) => draft.includes(text))"


@pytest.fixture
def dispatcher(visit: Callable[..., Visitor]) -> Visitor:
    who = visit("dispatcher")
    office.sign_in(who, "dispatcher@alatoo.demo", people.PASSWORD)
    return who


def save(page: Any) -> None:
    page.locator("form.form-page button.btn-primary:not([name])").click()


def write_order(who: Visitor) -> None:
    """A detailed order with three stops."""
    page = who.go("/orders/new/")
    page.locator("form.form-page [name=show][value=detailed]").click()
    page.locator("[name=stop-0-address]").wait_for()
    page.locator("form.form-page [name=show][value=stop]").click()
    page.locator("[name=stop-2-address]").press_sequentially("Рынок Кара-Суу")
    for number, place in enumerate(("Бишкек", "Нарын", "Ош")):
        who.choose(f"stop-{number}-place", place)
    page.locator("[name=cargo-0-name]").press_sequentially("Курага")
    page.locator("[name=note]").press_sequentially(NOTE)
    page.wait_for_function(KEPT, arg=NOTE)


def test_order_outlives_a_dead_network_and_an_ended_session(dispatcher: Visitor) -> None:
    """FAULTS B4."""
    page = dispatcher.page
    write_order(dispatcher)
    before = page.url
    dispatcher.context.set_offline(True)
    save(page)
    page.locator("#toasts .note-bad").wait_for()
    assert page.url == before
    assert page.input_value("[name=stop-2-address]") == "Рынок Кара-Суу"
    dispatcher.context.set_offline(False)
    dispatcher.context.clear_cookies(name="sid")
    save(page)
    page.wait_for_url("**/login/?next=**")
    dispatcher.fill(login="dispatcher@alatoo.demo", password=people.PASSWORD)
    dispatcher.press("form[action='/login/'] button.btn-primary")
    assert page.url == before
    page.locator(".draft-note").wait_for()
    assert page.input_value("[name=stop-2-address]") == "Рынок Кара-Суу"
    assert page.input_value("[name=stop-1-place]") == "Нарын"
    assert page.input_value("[name=note]") == NOTE
    with page.expect_navigation(url=re.compile(r"/orders/ORD-")):
        save(page)
    assert page.evaluate(DRAFTS) == 0
    dispatcher.go("/orders/new/")
    expect(page.locator("form.form-page")).to_be_visible()
    assert page.locator(".draft-note").count() == 0
    dispatcher.complaints.clear()  # the console speaks of the dead network


@pytest.mark.parametrize("face", ["simple", "detailed"])
@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_key_saves_an_order(dispatcher: Visitor, face: str, key: str) -> None:
    """FAULTS B7."""
    page = dispatcher.go(f"/orders/new/?face={face}")
    page.locator("[name=cargo-0-name]").press_sequentially("Курага")
    with page.expect_navigation(url=re.compile(r"/orders/ORD-")):
        page.keyboard.press(key)


def test_control_enter_saves_from_a_text_of_several_lines(dispatcher: Visitor) -> None:
    page = dispatcher.go("/orders/new/")
    page.locator("[name=note]").press_sequentially("Строка")
    with page.expect_navigation(url=re.compile(r"/orders/ORD-")):
        page.keyboard.press("Control+Enter")
    assert "Строка" in page.content()


def test_place_typed_quickly_is_on_the_map(dispatcher: Visitor) -> None:
    """FAULTS B8."""
    page = dispatcher.go("/orders/new/")
    box = page.locator("[name=stop-0-place] + .ts-wrapper")
    box.locator(".ts-control").click()
    page.wait_for_function("() => document.activeElement.matches('.dropdown-input')")
    page.keyboard.type("нарын")
    page.keyboard.press("Enter")
    box.locator(".item", has_text="Нарын").wait_for()
    assert page.input_value("[name=stop-0-place]") == "Нарын"


def companies_named(who: Visitor, name: str) -> int:
    page = who.go(f"/companies/?q={name}")
    return int(page.locator("tr[data-href]").count())


def test_reload_after_a_write_writes_nothing(dispatcher: Visitor) -> None:
    """FAULTS B6: an invitation, a company, an order, a driver and the access of one."""
    page = dispatcher.go("/companies/invite/")
    dispatcher.fill(name="Перезагрузка", full_name="Асан", email="reload@kept.example")
    dispatcher.send()
    for _time in range(2):
        assert "/invitations/" in page.input_value("#invitation-link")
        page.reload()
    assert companies_named(dispatcher, "Перезагрузка") == 1
    dispatcher.go("/companies/new/")
    dispatcher.fill(name="Единожды", phone="+996555909091")
    dispatcher.send()
    page.reload()
    assert companies_named(dispatcher, "Единожды") == 1
    dispatcher.go("/companies/new/")
    dispatcher.fill(name="единожды")
    with dispatcher.allowing(422):
        dispatcher.send()
        page.wait_for_selector("input[name=sure]", state="attached")
    assert page.locator(".notice-warn a").inner_text() == "Единожды"
    dispatcher.send()
    assert re.search(r"/companies/[0-9a-f-]{36}/$", page.url)
    dispatcher.go("/fleet/drivers/new/")
    dispatcher.fill(name="Новый Водитель", phone="+996555909092")
    dispatcher.send()
    page.reload()
    dispatcher.press("form[action$='/access/'] button")
    pin = page.input_value("#access-text")
    page.reload()
    assert page.input_value("#access-text") == pin
