"""In a browser one long name takes two lines of a list and pushes nothing out of sight (FAULTS C6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

STYLES = """<link rel="stylesheet" href="/static/vendor/tabler/tabler.min.css">
<link rel="stylesheet" href="/static/css/ground.css"><link rel="stylesheet" href="/static/css/lists.css">"""
TABLE = """<main><div class="list-table"><table class="table"><tr>
<td>ORD-260313-0001</td><td><span class="two-lines" title="{name}">{name}</span></td><td>100 000,00</td>
</tr></table></div></main>"""
BOX = "box => [box.getBoundingClientRect().width, box.getBoundingClientRect().height]"
LINE = "cell => parseFloat(getComputedStyle(cell).lineHeight)"
NAMES = {
    "one word": "Оборудование" * 16,
    "many words": "Оборудование станочное " * 9,
    "Thai, without spaces": "อุปกรณ์เครื่องจักร" * 11,
}


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("names")) as site:
        for number, name in enumerate(NAMES.values()):
            html = page("en", TABLE.format(name=name))
            site.pages[f"/{number}"] = html.replace("<title>", f"{STYLES}<title>")
        yield site


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
@pytest.mark.parametrize("screen", [1440, 390])
def test_a_long_name_takes_two_lines_and_pushes_nothing_away(
    browser: Any, small_site: Site, number: int, screen: int
) -> None:
    tab = browser.new_page(viewport={"width": screen, "height": 900})
    tab.goto(f"{small_site.url}/{number}")
    cell = tab.locator(".two-lines")
    width, height = cell.evaluate(BOX)
    line = cell.evaluate(LINE)
    price = tab.get_by_text("100 000,00").evaluate(BOX)
    whole = cell.get_attribute("title")
    tab.close()
    assert width <= 300
    assert line < height <= 2 * line + 1
    assert price[1] < 4 * line
    assert whole == list(NAMES.values())[number]
