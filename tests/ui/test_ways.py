"""Kilometres on the order's form: told when two places are chosen, never in the way of typing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FORM = """<main><form method="post" action="/orders/">
  <input name="stop-0-place" value="Бишкек"><input name="stop-1-place" value="">
  <input name="stop-2-place" value="Алматы"><input type="checkbox" name="stop-2-DELETE">
  <p data-way="/way" role="status" hidden></p></form></main>"""

REQUEST = """<main><form method="post" action="/cabinet/"><input name="origin"><input name="destination">
  <p data-way="/way" role="status" hidden></p></form></main>"""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("ways")) as site:
        site.pages["/form"] = page("en", FORM, "ways")
        site.pages["/request"] = page("en", REQUEST, "ways")
        yield site


class Ways:
    """Answers to the form; those that are held come when the test says so."""

    def __init__(self, tab: Any) -> None:
        self.calls: list[list[str]] = []
        self.held: list[Any] | None = None
        tab.route("**/way?*", self._hear)

    def _hear(self, route: Any) -> None:
        places = parse_qs(urlsplit(route.request.url).query)["place"]
        self.calls.append(places)
        if self.held is not None:
            self.held.append((route, places))
        else:
            self.tell(route, places)

    def tell(self, route: Any, places: list[str]) -> None:
        route.fulfill(json={"km": 1, "how": "roads", "text": " – ".join(places)})


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    own = browser.new_page()
    yield own
    own.close()


def put(tab: Any, name: str, text: str) -> None:
    field = tab.locator(f"[name={name}]")
    field.fill(text)
    field.press("Tab")


def says(tab: Any, text: str) -> None:
    tab.wait_for_function(
        "(text) => document.querySelector('[data-way]').textContent === text", arg=text
    )


def test_the_way_follows_the_places(tab: Any, small_site: Site) -> None:
    ways = Ways(tab)
    tab.goto(f"{small_site.url}/form")
    says(tab, "Бишкек – Алматы")
    put(tab, "stop-1-place", "Ош")
    says(tab, "Бишкек – Ош – Алматы")
    tab.locator("[name=stop-2-DELETE]").check()
    says(tab, "Бишкек – Ош")
    put(tab, "stop-1-place", "")
    says(tab, "")
    assert tab.locator("[data-way]").is_hidden()
    put(tab, "stop-1-place", "Ош")
    says(tab, "Бишкек – Ош")
    assert ways.calls.count(["Бишкек", "Ош"]) == 1


def test_a_client_is_told_the_way_of_a_request(tab: Any, small_site: Site) -> None:
    ways = Ways(tab)
    tab.goto(f"{small_site.url}/request")
    put(tab, "origin", "Бишкек")
    assert tab.locator("[data-way]").is_hidden()
    put(tab, "destination", "Ош")
    says(tab, "Бишкек – Ош")
    assert ways.calls == [["Бишкек", "Ош"]]


def test_a_slow_answer_holds_nothing_up_and_an_old_one_is_not_shown(
    tab: Any, small_site: Site
) -> None:
    ways = Ways(tab)
    ways.held = []
    tab.goto(f"{small_site.url}/form")
    put(tab, "stop-1-place", "Ош")
    put(tab, "stop-0-place", "Нарын")
    assert tab.locator("[name=stop-0-place]").input_value() == "Нарын"
    tab.wait_for_timeout(200)
    late, last = ways.held[0], ways.held[-1]
    ways.tell(*last)
    says(tab, "Нарын – Ош – Алматы")
    ways.tell(*late)
    tab.wait_for_timeout(200)
    says(tab, "Нарын – Ош – Алматы")


def test_a_broken_answer_says_nothing_and_is_asked_again(tab: Any, small_site: Site) -> None:
    tab.route("**/way?*", lambda route: route.abort())
    tab.goto(f"{small_site.url}/form")
    tab.wait_for_timeout(200)
    assert tab.locator("[data-way]").is_hidden()
    tab.unroute("**/way?*")
    Ways(tab)
    put(tab, "stop-0-place", "Нарын")
    says(tab, "Нарын – Алматы")
