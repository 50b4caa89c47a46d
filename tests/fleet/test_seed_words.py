"""The pool's list as the seed words it: АДР, Есть or Нет, "—" for a driver who works alone."""

from __future__ import annotations

from typing import Any

from tests.orders import order_samples
from tests.world import Cast


def test_the_pool_is_worded_as_the_seed(in_alpha: Cast, browse: Any) -> None:
    driver = order_samples.pool_driver(name="Эрмек Уулу", phone="+996555775555")
    browser = browse(in_alpha, "dispatcher")
    shown = browser.get("/fleet/?q=Эрмек").content.decode()
    row = shown[shown.index(driver.ref) :].partition("</tr>")[0]
    assert "АДР" in shown
    assert "ADR" not in shown
    assert row.count("Нет") == 2
    assert ">нет<" not in row
    assert row.count("Эрмек Уулу") == 1


def test_the_last_four_digits_find_the_driver(in_alpha: Cast, browse: Any) -> None:
    driver = order_samples.pool_driver(name="Эрмек Уулу", phone="+996555775555")
    order_samples.pool_driver(name="Другой", phone="+996555771234")
    browser = browse(in_alpha, "dispatcher")
    for text in ("5555", "***5555"):
        shown = browser.get("/fleet/", {"q": text}).content.decode()
        assert driver.ref in shown, text
        assert "Другой" not in shown
