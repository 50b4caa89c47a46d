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
