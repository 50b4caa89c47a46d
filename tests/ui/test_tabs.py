"""The tabs of a card on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]
NAMES = ("Details", "Contacts", "Addresses", "Contract", "Orders", "Documents", "Finance", "Notes")
STYLE = '<link rel="stylesheet" href="/static/css/lists.css">'
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
