"""Pages of the order list by cursor: every row once, and a cursor somebody changed is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from orders.views.order_list import ORDERS
from tenants.kit.listing import SIZE
from tests.orders import order_samples
from tests.world import Cast


def codes(page: str) -> list[str]:
    return re.findall(r'<a class="code" href="/orders/[^"]+">([^<]+)</a>', page)


def link(page: str, rel: str) -> str:
    match = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return unescape(match[1]) if match else ""


@pytest.fixture
def small_pages() -> Iterator[None]:
    """Two orders a page."""
    object.__setattr__(ORDERS, "size", 2)
    yield
    object.__setattr__(ORDERS, "size", SIZE)


@pytest.mark.usefixtures("small_pages")
def test_pages_lead_forth_and_back_over_every_order_once(in_alpha: Cast, browse: Any) -> None:
    refs = [order_samples.order(in_alpha).ref for _ in range(5)]
    browser = browse(in_alpha, "dispatcher")
    first = browser.get("/orders/?sort=ref").content.decode()
    second = browser.get(link(first, "next")).content.decode()
    third = browser.get(link(second, "next")).content.decode()
    assert codes(first) + codes(second) + codes(third) == refs
    assert codes(browser.get(link(third, "prev")).content.decode()) == codes(second)
    assert link(third, "next") == "" and link(first, "prev") == ""
    assert "Загрузить ещё" in first and "Загрузить ещё" not in third
    changed = link(first, "next").replace("sort=ref", "sort=-ref")
    assert browser.get(changed).status_code == 400


@pytest.mark.parametrize("cursor", ["x", "a:b", "%00", "é", "x" * 3000])
def test_a_cursor_nobody_gave_out_is_refused(in_alpha: Cast, browse: Any, cursor: str) -> None:
    order_samples.order(in_alpha)
    assert browse(in_alpha, "dispatcher").get(f"/orders/?cursor={cursor}").status_code == 400


def test_the_page_of_a_refused_cursor_says_what_to_do(in_alpha: Cast, browse: Any) -> None:
    answer = browse(in_alpha, "dispatcher").get("/orders/?cursor=x")
    assert "Откройте список заново" in answer.content.decode()


def test_an_old_address_with_a_page_number_shows_the_first(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    page = browse(in_alpha, "dispatcher").get("/orders/?page=2").content.decode()
    assert codes(page) == [order.ref]


def test_a_filter_that_does_not_parse_is_said_and_the_list_stands(
    in_alpha: Cast, browse: Any
) -> None:
    order = order_samples.order(in_alpha)
    page = browse(in_alpha, "dispatcher").get("/orders/?date_from=yesterday&stage=zzz")
    text = page.content.decode()
    assert page.status_code == 200 and codes(text) == [order.ref]
    assert text.count('class="chip chip-wrong" role="alert"') == 2
    assert text.count('class="invalid-feedback"') == 2
