"""The box of a place and the keys of a form, typed as people type: before the list has come, and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FORM = """<main><form class="form-page" method="post" action="/orders/" data-guard>
  <button class="default-button visually-hidden" tabindex="-1"></button>
  <div class="field"><input name="from" data-pick-url="/places?q=" data-pick-new></div>
  <div class="field"><input name="next" aria-label="next"></div>
  <textarea name="note" aria-label="note"></textarea>
  <button name="show" value="stop">Add a stop</button><button class="btn-primary">Save</button>
</form></main>"""
LIBRARIES = """<script data-libraries data-tom="/static/vendor/tom-select/tom-select.complete.min.js"
  data-tom-css="/static/vendor/tom-select/tom-select.bootstrap5.min.css" nonce="kit"></script>
  <link data-own-style>"""
NARYN = {"value": "Нарын", "text": "Нарын", "note": "KG", "exact": True}
OSH = {"value": "Ош", "text": "Ош", "note": "KG", "exact": False}
OSH_MARKET = {"value": "Ошский рынок", "text": "Ошский рынок", "note": "KG", "exact": False}
ON_MAP = "This place is not on the map."
SEVERAL = "There are several such places."
VALUE = "document.querySelector('[name=from]').value"


class List:
    """The list of places, which comes when the test says so."""

    def __init__(self, tab: Any) -> None:
        self.waiting: list[Any] = []
        self.places: list[dict[str, Any]] | None = None
        tab.route("**/places?q=*", self._hear)

    def _hear(self, route: Any) -> None:
        if self.places is None:
            self.waiting.append(route)
        else:
            route.fulfill(json=self.places)

    def come(self, places: list[dict[str, Any]]) -> None:
        self.places = places
        for route in self.waiting:
            route.fulfill(json=places)


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("places")) as site:
        words = f'"notOnMap": "{ON_MAP}", "severalPlaces": "{SEVERAL}", "draft"'
        form = page("en", FORM).replace('"draft"', words)
        site.pages["/form"] = form.replace("<script", LIBRARIES + "<script", 1)
        site.pages["/orders/7/"] = page("en", "<main>Order 7</main>")
        yield site


@pytest.fixture
def tab(browser: Any, small_site: Site) -> Iterator[Any]:
    small_site.posts.clear()
    small_site.leads_to = "/orders/7/"
    own = browser.new_page()
    yield own
    own.close()


@pytest.fixture
def places(tab: Any, small_site: Site) -> List:
    listed = List(tab)
    tab.goto(f"{small_site.url}/form")
    tab.locator(".ts-wrapper").wait_for()
    return listed


def type_place(tab: Any, text: str) -> None:
    tab.locator(".ts-control").click()
    tab.wait_for_function("() => document.activeElement.matches('.dropdown-input')")
    tab.keyboard.type(text)


def becomes(tab: Any, value: str) -> None:
    """Wait for the value of the box: `has_text` would take small letters for great ones."""
    tab.wait_for_function(f"(value) => {VALUE} === value", arg=value)


def test_enter_before_the_list_waits_for_it(tab: Any, places: List, small_site: Site) -> None:
    """FAULTS B8."""
    type_place(tab, "нарын")
    tab.keyboard.press("Enter")
    assert tab.evaluate(VALUE) == ""
    places.come([NARYN, OSH])
    becomes(tab, "Нарын")
    assert tab.evaluate(VALUE) == "Нарын"
    assert tab.locator(".place-note").count() == 0
    assert small_site.posts == []


def test_tab_before_the_list_goes_on_and_the_late_list_covers_nothing(
    tab: Any, places: List
) -> None:
    type_place(tab, "нарын")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "next"
    assert tab.evaluate(VALUE) == "нарын"
    tab.keyboard.type("street 1")
    places.come([NARYN, OSH])
    becomes(tab, "Нарын")
    assert tab.evaluate(VALUE) == "Нарын"
    assert tab.get_by_label("next").input_value() == "street 1"
    assert tab.evaluate("document.activeElement.name") == "next"
    assert not tab.locator(".ts-dropdown").is_visible()


def test_click_beside_keeps_the_text(tab: Any, places: List) -> None:
    type_place(tab, "нарын")
    tab.mouse.click(900, 500)
    assert tab.evaluate(VALUE) == "нарын"
    places.come([NARYN])
    becomes(tab, "Нарын")
    assert not tab.locator(".ts-dropdown").is_visible()


def test_name_in_another_language_is_listed(tab: Any, places: List) -> None:
    places.come([NARYN])
    type_place(tab, "naryn")
    tab.locator(".ts-dropdown .option.active", has_text="Нарын").wait_for()


def test_first_key_after_tab_is_not_lost(tab: Any, places: List) -> None:
    tab.locator(".default-button").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.type("нарын")
    assert tab.locator(".dropdown-input").input_value() == "нарын"


def test_two_of_one_name_are_told_apart(tab: Any, places: List, small_site: Site) -> None:
    regions = ("Курская область", "Красноярский край")
    twins = [
        {
            "value": f"Железногорск, {region}",
            "text": "Железногорск",
            "note": f"{region}, Россия",
            "exact": False,
        }
        for region in regions
    ]
    places.come(twins)
    type_place(tab, "Железногорск")
    for region in regions:
        tab.locator(".ts-dropdown .option", has_text=f"{region}, Россия").wait_for()
    tab.keyboard.press("Escape")
    type_place(tab, "Железногорск")
    tab.locator(".ts-dropdown .option", has_text=regions[1]).click()
    shown = tab.locator(".ts-control .item").inner_text()
    assert shown == tab.evaluate(VALUE) == twins[1]["value"]


@pytest.mark.parametrize("key", ["Enter", "Tab"])
@pytest.mark.parametrize(
    ("listed", "value", "note"),
    [
        ([OSH], "Ош", ""),
        ([], "Ош базар", ON_MAP),
        ([OSH, OSH_MARKET], "Ош базар", SEVERAL),
    ],
)
def test_text_without_one_place_is_said(
    tab: Any, places: List, key: str, listed: list[Any], value: str, note: str
) -> None:
    type_place(tab, "Ош базар")
    tab.keyboard.press(key)
    places.come(listed)
    if note:
        tab.locator(".place-note").get_by_text(note).wait_for()
    else:
        tab.locator(".ts-control .item").get_by_text(value, exact=True).wait_for()
    waits = key == "Enter" and note == SEVERAL
    assert tab.evaluate(VALUE) == ("" if waits else value)
    if waits:
        tab.locator(".ts-dropdown .option", has_text="Ошский рынок").click()
        assert tab.evaluate(VALUE) == "Ошский рынок"
        assert tab.locator(".place-note").count() == 0


def sent(site: Site) -> dict[str, list[str]]:
    (post,) = site.posts
    return parse_qs(post.body, keep_blank_values=True)


@pytest.mark.parametrize(
    ("label", "key"), [("next", "Enter"), ("next", "Control+Enter"), ("note", "Control+Enter")]
)
def test_key_saves_the_form(tab: Any, places: List, small_site: Site, label: str, key: str) -> None:
    """FAULTS B7."""
    tab.get_by_label(label).press_sequentially("typed")
    tab.keyboard.press(key)
    tab.wait_for_url("**/orders/7/")
    assert sent(small_site)[label] == ["typed"]
    assert "show" not in sent(small_site)


def test_control_enter_in_a_picker_saves_what_is_typed(
    tab: Any, places: List, small_site: Site
) -> None:
    type_place(tab, "нарын")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/orders/7/")
    assert sent(small_site)["from"] == ["нарын"]


def test_second_enter_in_a_picker_saves(tab: Any, places: List, small_site: Site) -> None:
    places.come([NARYN])
    type_place(tab, "нар")
    tab.locator(".ts-dropdown .option", has_text="Нарын").wait_for()
    tab.keyboard.press("Enter")
    becomes(tab, "Нарын")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/orders/7/")
    assert sent(small_site)["from"] == ["Нарын"]
    assert urlsplit(tab.url).path == "/orders/7/"
