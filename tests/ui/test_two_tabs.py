"""One form open in several tabs: each keeps its own draft, and a tab that is gone leaves its own behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FORM = """<main><form method="post" action="/orders/" data-guard>
  <textarea name="note" aria-label="note"></textarea><button>Save</button></form></main>"""
KEPT = "(text) => Object.values(localStorage).some((draft) => draft.includes(text))"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("tabs")) as site:
        person = '<meta name="person" content="one">'
        site.pages["/new"] = page("en", FORM).replace("<title>", f"{person}<title>")
        site.pages["/list"] = page("en", "<main>Orders</main>")
        site.pages["/orders/7/"] = page("en", "<main>Order 7</main>")
        yield site


@pytest.fixture
def window(browser: Any, small_site: Site) -> Iterator[Any]:
    small_site.posts.clear()
    small_site.leads_to = "/orders/7/"
    small_site.status = 200
    small_site.answer = ""
    own = browser.new_context()
    yield own
    own.close()


def open_form(window: Any, site: Site) -> Any:
    tab = window.new_page()
    tab.goto(f"{site.url}/new", wait_until="networkidle")
    return tab


def write(tab: Any, text: str) -> None:
    tab.get_by_label("note").press_sequentially(text)
    tab.wait_for_function(KEPT, arg=text)


def text_of(tab: Any) -> str:
    text: str = tab.get_by_label("note").input_value()
    return text


def test_each_tab_keeps_its_own_text_and_both_are_sent(window: Any, small_site: Site) -> None:
    first = open_form(window, small_site)
    write(first, "Osh")
    second = open_form(window, small_site)
    assert text_of(second) == ""
    assert second.locator(".draft-note").count() == 0
    write(second, "Naryn")
    for tab in (first, second):
        tab.reload()
        tab.locator(".draft-note").wait_for()
    texts = ["Osh", "Naryn"]
    assert [text_of(tab) for tab in (first, second)] == texts
    for tab in (first, second):
        tab.get_by_role("button", name="Save").click()
        tab.wait_for_url("**/orders/7/")
    assert [post.body for post in small_site.posts] == [
        f"note={text}&reseller_stamp=alpha" for text in texts
    ]
    assert len({post.form for post in small_site.posts}) == 2
    assert first.evaluate(DRAFTS) == 0


@pytest.mark.parametrize("how", ["closed", "killed", "left"])
def test_a_tab_that_is_gone_leaves_its_text_to_the_next(
    window: Any, small_site: Site, how: str
) -> None:
    first = open_form(window, small_site)
    write(first, "Osh")
    if how == "closed":
        first.close()
    elif how == "left":
        first.goto(f"{small_site.url}/list")
    else:
        with first.expect_event("crash"), pytest.raises(Exception, match="crash"):
            first.goto("chrome://crash")
    second = open_form(window, small_site)
    second.locator(".draft-note").wait_for()
    assert text_of(second) == "Osh"
    third = open_form(window, small_site)
    assert text_of(third) == ""


def test_two_closed_tabs_come_back_one_after_the_other(window: Any, small_site: Site) -> None:
    tabs = [open_form(window, small_site) for _ in range(2)]
    for tab, text in zip(tabs, ("Osh", "Naryn"), strict=True):
        write(tab, text)
    for tab in tabs:
        tab.close()
    opened = [open_form(window, small_site) for _ in range(2)]
    for tab in opened:
        tab.locator(".draft-note").wait_for()
    assert sorted(text_of(tab) for tab in opened) == ["Naryn", "Osh"]


def test_a_draft_kept_before_tabs_had_places_of_their_own_comes_back(
    window: Any, small_site: Site
) -> None:
    first = open_form(window, small_site)
    write(first, "Osh")
    first.goto(f"{small_site.url}/list")
    first.evaluate(
        """() => {
          const [place] = Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
          localStorage.setItem(place.split("~")[0], localStorage.getItem(place));
          localStorage.removeItem(place);
        }"""
    )
    second = open_form(window, small_site)
    second.locator(".draft-note").wait_for()
    assert text_of(second) == "Osh"
