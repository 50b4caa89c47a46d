"""Details of a firm and its pictures on the real stack: what the scripts of these pages do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.e2e import office, people
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser]
STAMP = "form[action*=stamp]"


@pytest.fixture
def head(visit: Callable[..., Visitor]) -> Visitor:
    who = visit("head")
    office.sign_in(who, "head@alatoo.demo", people.PASSWORD)
    return who


def test_country_changes_the_fields_at_once_and_keeps_what_was_typed(head: Visitor) -> None:
    page = head.go("/my-company/")
    assert page.locator("[name=tax_office]").is_visible()
    assert not page.locator("[name=kpp]").is_visible()
    page.select_option("[name=country]", "RU")
    page.locator("[name=kpp]").press_sequentially("773601001")
    assert page.get_attribute("[name=legal_form]", "list") == "legal-forms-RU"
    page.select_option("[name=country]", "KZ")
    assert page.locator("[data-number=inn] label").inner_text().startswith("БИН или ИИН")
    assert not page.locator("[name=kpp]").is_visible()
    page.select_option("[name=country]", "RU")
    assert page.input_value("[name=kpp]") == "773601001"
    assert not page.locator("[name=basis_number]").is_visible()
    page.select_option("[name=acts_under]", "attorney")
    assert page.locator("[name=basis_number]").is_visible()


def test_part_of_a_picture_is_chosen_by_mouse_and_by_keys(head: Visitor) -> None:
    page = head.go("/my-company/images/")
    out = BytesIO()
    Image.new("RGB", (600, 400), "white").save(out, "PNG")
    file = {"name": "stamp.png", "mimeType": "image/png", "buffer": out.getvalue()}
    page.set_input_files(f"{STAMP} input[type=file]", [file])
    canvas = page.locator(f"{STAMP} canvas")
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.9, steps=4)
    page.mouse.up()
    cut = f"{STAMP} [name=stamp-cut]"
    left, top, width, height = (int(number) for number in page.input_value(cut).split(","))
    assert abs(left - 500) < 20 and abs(top - 250) < 20
    assert abs(width - 400) < 20 and abs(height - 650) < 20
    canvas.focus()
    page.keyboard.press("ArrowLeft")
    assert int(page.input_value(cut).split(",")[0]) in range(left - 21, left - 18)
    page.keyboard.press("Shift+ArrowDown")
    assert int(page.input_value(cut).split(",")[3]) in range(height + 18, height + 22)
    page.locator(f"{STAMP} [data-whole]").click()
    assert page.input_value(cut) == ""
