"""Parts of the kit on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]
NAMES = ("Details", "Contacts", "Addresses", "Contract", "Orders", "Documents", "Finance", "Notes")
STYLE = "".join(
    f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in ("lists", "atoms", "pages")
)
NOTICE = """<main><div class="notice"><svg class="icon" width="17" height="17"></svg>
  <div class="notice-text">There is such a company already.</div>
  <div class="notice-acts"><ul><li>A company CMP-241130-0003 · client2@alatoo.demo · +996550120002</li></ul></div>
</div></main>"""
WITH_ACT = """<main><ul><li class="with-act"><span>A device<br>its address<br>its last activity</span>
  <form><button>Sign out</button></form></li></ul></main>"""
IS_IN_VIEW = """() => {
  const tab = document.querySelector(".tab.active").getBoundingClientRect();
  return tab.left >= 0 && tab.right <= innerWidth;
}"""


def tabs(current: str) -> str:
    links = [f'<a class="tab{" active" * (name == current)}" href="#">{name}</a>' for name in NAMES]
    return f'{STYLE}<main><nav class="tabs">{"".join(links)}</nav></main>'


@pytest.fixture
def small_site(tmp_path: Any) -> Iterator[Site]:
    with serving(tmp_path) as site:
        for name in NAMES:
            site.pages[f"/{name}"] = page("en", tabs(name))
        site.pages["/notice"] = page("en", STYLE + NOTICE)
        site.pages["/act"] = page("en", STYLE + WITH_ACT)
        yield site


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    own = browser.new_page(viewport={"width": 390, "height": 800})
    yield own
    own.close()


@pytest.mark.parametrize("name", [NAMES[0], NAMES[4], NAMES[-1]])
def test_the_open_tab_is_in_view(tab: Any, small_site: Site, name: str) -> None:
    tab.goto(f"{small_site.url}/{name}")
    tab.wait_for_function(IS_IN_VIEW, timeout=5_000)


def test_the_text_of_a_notice_is_never_squeezed(tab: Any, small_site: Site) -> None:
    tab.goto(f"{small_site.url}/notice")
    tab.wait_for_function("document.querySelector('.notice-text').offsetWidth > 180")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_button_beside_a_long_text_keeps_its_height(tab: Any, small_site: Site) -> None:
    tab.goto(f"{small_site.url}/act")
    tab.wait_for_function(
        "getComputedStyle(document.querySelector('.with-act')).display === 'flex'"
    )
    heights = "['form', 'span'].map((name) => document.querySelector(name).offsetHeight)"
    act, text = tab.evaluate(heights)
    assert act < text
