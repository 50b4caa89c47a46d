"""Months are offered by name in the page's language, not in that of the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from lxml import html

from tenants.kit import clock
from tenants.kit.months import month_label
from tests.cargo.conftest import Shop
from tests.cargo.test_era import choose

PAGES = ("/cargo/shipments/", "/cargo/reports/")


def months_on(content: bytes) -> dict[str, str]:
    """The options of the page's choice of a month: value and words."""
    page = html.fromstring(content.decode())
    options = page.xpath('//select[@name="month"]/option[@value!=""]')
    return {option.get("value"): option.text.strip() for option in options}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["ru", "en", "th"])
def test_the_months_there_are_can_be_chosen_in_the_language_of_the_page(
    shop: Shop, browse: Any, page: str, language: str
) -> None:
    shop.shipment(received_on=date(2025, 11, 3))
    browser = browse(shop.cast, "head")
    browser.cookies["language"] = language
    months = months_on(browser.get(page).content)
    with translation.override(language):
        assert months["2025-11"] == month_label(date(2025, 11, 1))
        assert months[f"{clock.now():%Y-%m}"] == month_label(clock.now().date())
    assert list(months) == sorted(months, reverse=True)
    assert list(months)[-1] == "2025-11"


@pytest.mark.parametrize("page", PAGES)
def test_years_are_of_the_buddhist_era_where_the_shop_counts_so(
    shop: Shop, browse: Any, page: str
) -> None:
    shop.shipment(received_on=date(2026, 1, 18))
    choose(shop, browse, "buddhist")
    browser = browse(shop.cast, "head")
    browser.cookies["language"] = "th"
    assert months_on(browser.get(page).content)["2026-01"] == "มกราคม 2569"


@pytest.mark.parametrize("page", PAGES)
def test_a_month_of_the_address_stays_chosen(shop: Shop, browse: Any, page: str) -> None:
    content = browse(shop.cast, "head").get(f"{page}?month=2024-02").content
    chosen = html.fromstring(content.decode()).xpath('//select[@name="month"]/option[@selected]')
    assert [option.get("value") for option in chosen] == ["2024-02"]


@pytest.mark.parametrize("page", PAGES)
def test_no_month_is_shown_by_the_browser_s_own_box(shop: Shop, browse: Any, page: str) -> None:
    assert 'type="month"' not in browse(shop.cast, "head").get(page).content.decode()
