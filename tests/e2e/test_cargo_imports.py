"""Imports and long files in a browser: a workbook of several sheets, lights, cells, what stays in
sight; an export made by the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.kit import clock
from tests.cargo.workbooks import HEADING, several_sheets
from tests.e2e import office, people
from tests.e2e.visitor import PHONE, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.proof]
ROW = "{day}\tPR-9{number}\tTH-L-{number}\tGENERAL\tรถ\t15.5\t0.125\t2500"
IN_SIGHT = """selector => [...document.querySelectorAll(selector)].every(cell => {
    const box = cell.getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth + 1 && box.width > 0;
})"""


@pytest.fixture
def staff(visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit("staff", language="th")
    office.sign_in(visitor, "staff@prcargo.demo", people.PASSWORD)
    return visitor


def upload(visitor: Visitor, name: str, content: bytes) -> Any:
    page = visitor.go("/cargo/import/")
    page.set_input_files("#file", {"name": name, "mimeType": "", "buffer": content})
    visitor.press("form:has(#file) button.btn-plain")
    return page


def test_a_workbook_is_chosen_read_and_mended(staff: Visitor) -> None:
    page = upload(staff, "two.xlsx", several_sheets(November="visible", December="visible"))
    staff.look("sheets")
    page.check("[name=sheet][value=December]")
    staff.press("form:has([name=sheet]) button.btn-primary")
    page.wait_for_selector(".import-grid, [data-events-url]")
    for _ in range(30):
        if page.locator(".import-grid").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.locator(".import-totals").wait_for()
    staff.look("preview")
    with page.expect_response("**/lines/2/"):
        page.locator("#line-2 button").last.click()
    page.locator("#line-2 [name=price]").wait_for()
    page.fill("#line-2 [name=price]", "9")
    with page.expect_response("**/lines/2/"):
        page.press("#line-2 [name=price]", "Enter")
    page.locator("#line-2 input").first.wait_for(state="detached")
    page.locator(".import-totals", has_text="9.00").wait_for()
    staff.look("mended")


def test_the_tracking_number_and_the_status_stay_in_sight(staff: Visitor) -> None:
    page = staff.go("/cargo/import/")
    day = f"{clock.now():%d/%m/%Y}"
    rows = [ROW.format(day=day, number=number) for number in range(30)]
    page.fill("#paste", "\n".join(["\t".join(HEADING), *rows, ROW.format(day="x", number=99)]))
    staff.press("form:has(#paste) button.btn-primary")
    page.locator(".import-totals").wait_for()
    staff.look("grid")
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        for left in (0, 5000):
            page.evaluate(
                "left => { document.querySelector('.table-responsive:has(.import-grid)').scrollLeft = left }",
                left,
            )
            page.wait_for_timeout(100)
            assert page.evaluate(IN_SIGHT, ".import-grid tbody .stays"), (width, left)
            page.screenshot(path=staff.shots / f"scrolled-{width}-{left}.png")


def test_after_save_and_next_the_tracking_number_has_the_focus(staff: Visitor) -> None:
    page = staff.go("/cargo/shipments/new/")
    staff.fill(
        customer_code="PR-777",
        tracking_number="TH-F-1",
        weight_kg="1",
        volume_cbm="0.01",
        price="90",
    )
    staff.press("button[name=next]")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.name") == "tracking_number"
