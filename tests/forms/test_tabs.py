"""The tabs of a page say where one is: exactly one of each row is the page's own."""

from __future__ import annotations

from typing import Any

import pytest

from checks.isolation.world.made import World
from tests.forms.walking import OpenedPage, opened_pages
from tests.isolation.conftest import world

__all__ = ["world"]
PEOPLE = ("head", "dispatcher", "accountant")  # whose rows of tabs differ; cabinets have none
HERE = "concat(' ', @class, ' ')"
ROWS = f"//nav[contains({HERE}, ' tabs ')]"
FEWEST_PAGES = 30  # that have tabs, for those who run the shop
ACTIVE = "active"


def rows_of(page: OpenedPage) -> list[Any]:
    return list(page.tree.xpath(ROWS))


def chosen(row: Any) -> list[tuple[str | None, bool]]:
    """The marked links: what a screen reader hears, and whether the eye sees it."""
    marks = [(tab.get("aria-current"), ACTIVE in tab.get("class").split()) for tab in row.iter("a")]
    return [mark for mark in marks if any(mark)]


@pytest.mark.parametrize("person", PEOPLE)
def test_exactly_one_tab_of_a_row_is_active(world: World, person: str) -> None:
    seen: set[str] = set()
    wrong: set[tuple[str, str]] = set()
    for _who, page in opened_pages(world, person):
        for row in rows_of(page):
            seen.add(page.name)
            if chosen(row) != [("page", True)]:
                wrong.add((page.path, row.get("aria-label")))
    assert wrong == set()
    assert person != "head" or len(seen) >= FEWEST_PAGES, sorted(seen)
