"""Lists as people use them: more rows below, other columns, a tab of one's own, the table as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e import office
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROWS = "#list tbody tr"


@pytest.fixture
def dispatcher(visit: Callable[..., Visitor]) -> Visitor:
    who = visit("dispatcher")
    office.sign_in(who, "dispatcher@alatoo.demo", "demo")
    who.speak("en")
    who.go("/orders/")
    return who


@pytest.fixture
def storekeeper(visit: Callable[..., Visitor]) -> Visitor:
    """The shipments are the demo's one long list."""
    who = visit("staff")
    office.sign_in(who, "staff@prcargo.demo", "demo")
    who.speak("en")
    who.go("/cargo/shipments/")
    return who


def addresses(page: Page) -> list[str]:
    """Where the rows lead: a tracking number may stand twice, a row's address does not."""
    hrefs: list[str] = page.locator(ROWS).evaluate_all(
        "rows => rows.map((row) => row.dataset.href)"
    )
    return hrefs


def test_more_rows_come_below_and_the_address_stays(
    storekeeper: Visitor,
) -> None:
    page = storekeeper.page
    first = addresses(page)
    address = page.url
    page.get_by_role("link", name="Load more").click()
    page.locator(ROWS).nth(50).wait_for()
    codes = addresses(page)
    assert (len(first), codes[:50], len(codes)) == (50, first, 100)
    assert len(set(codes)) == 100 and page.url == address
    page.get_by_role("link", name="Load more").click()
    page.locator(ROWS).nth(100).wait_for()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**cursor=**")
    assert not set(addresses(page)) & set(codes)
    page.get_by_role("link", name="Back").first.click()
    page.wait_for_load_state()
    assert addresses(page) != first


def test_columns_are_chosen_and_kept_under_a_name(
    dispatcher: Visitor,
) -> None:
    page = dispatcher.page
    page.get_by_role("button", name="Columns").click()
    page.get_by_label("Responsible").last.check()
    page.locator("#list th", has_text="Responsible").wait_for()
    assert "cols=responsible" in page.url
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save the view").click()
    page.fill("#view-name", "With people")
    with page.expect_navigation():
        page.locator("#view-form button.btn-primary").click()
    tab = page.locator(".view.active")
    assert tab.inner_text() == "With people"
    dispatcher.go("/orders/")
    assert page.locator("#list th", has_text="Responsible").count() == 0
    with page.expect_navigation():
        page.get_by_role("link", name="With people").click()
    assert page.locator("#list th", has_text="Responsible").count() == 1


def test_the_list_comes_as_a_file(dispatcher: Visitor, tmp_path: Path) -> None:
    page = dispatcher.page
    orders = page.locator(ROWS).count()
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    path = tmp_path / "orders.csv"
    started.value.save_as(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"Code","Stage","Created","Client","From","To",')
    assert len(lines) == 1 + orders
