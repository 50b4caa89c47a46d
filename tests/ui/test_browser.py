"""The kit in a browser: no refusals by the policy, nothing wider than a phone, and the scripts do
what they say.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(browser: Any, site: str) -> Any:
    own = browser.new_page(viewport={"width": 1440, "height": 900})
    own.goto(f"{site}/light.html")
    yield own
    own.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_is_quiet_accessible_and_no_wider_than_the_screen(
    browser: Any, site: str, theme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=False)
    messages: list[str] = []
    page.on(
        "console",
        lambda line: messages.append(line.text) if line.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(f"{site}/{theme}.html")
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.locator(".leaflet-control-attribution").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert messages == []
    page.close()
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(f"{site}/{theme}.html")
    page.locator(".ts-control").wait_for()
    violations = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in Axe().run(page).response["violations"]
    ]
    page.close()
    assert violations == []


def test_theme_menu_and_zone_are_remembered_in_cookies(
    page: Any,
) -> None:
    page.evaluate("document.querySelector('[data-set-theme=dark]').click()")
    page.locator("[data-side-toggle]").click()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    kept = {one["name"]: one["value"] for one in page.context.cookies()}
    assert kept == {"theme": "dark", "sidebar": "mini", "zone": zone}


def test_city_names_on_a_map_are_hidden_from_screen_readers(page: Any) -> None:
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.locator(".map-city").first.wait_for()
    assert page.locator(".map-city").count() == page.locator("[aria-hidden=true] .map-city").count()


def test_ctrl_k_leads_to_the_search(page: Any) -> None:
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search"


def test_picked_rows_call_the_bar_and_shift_picks_a_range(
    page: Any,
) -> None:
    page.locator("input[name=pick]").nth(0).check()
    page.locator("input[name=pick]").nth(3).click(modifiers=["Shift"])
    assert page.locator("[data-picked]").inner_text() == "4"
    page.locator("[data-pick-none]").click()
    assert page.locator("#bulk").is_hidden()


def test_one_menu_serves_every_row_and_asks_before_harm(
    page: Any,
) -> None:
    page.locator("[data-menu]").nth(1).click()
    assert page.locator(".float-menu a").first.get_attribute("href").endswith("0002")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.locator("#confirm-text").inner_text().endswith("0002")


def test_amount_is_grouped_as_typed_and_sent_plain(page: Any) -> None:
    price = page.locator("input[data-money]")
    price.fill("")
    price.type("9876543,21")
    assert price.input_value() == "9\u00a0876\u00a0543,21"
    assert (
        page.evaluate("new FormData(document.querySelector('form.form-page')).get('price')")
        == "9876543.21"
    )


def test_every_posted_form_carries_the_stamp(page: Any) -> None:
    page.evaluate("document.querySelector('form.form-page [name=reseller_stamp]').remove()")
    assert (
        page.evaluate(
            "new FormData(document.querySelector('form.form-page')).get('reseller_stamp')"
        )
        == "alpha"
    )


def test_unsaved_form_asks_before_it_is_left(page: Any) -> None:
    page.fill("#id_kit_place", "Osh")
    page.locator(".side-item").first.click()
    page.locator("#confirm").wait_for(state="visible")


@pytest.mark.parametrize(
    ("status", "swapped", "alert"),
    [
        (200, "Said why", ""),
        (422, "Said why", ""),
        (409, "", "Said why"),
        (403, "", ""),
        (500, "", ""),
    ],
)
def test_answer_lands_where_it_belongs(page: Any, status: int, swapped: str, alert: str) -> None:
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<div id=\"there\"></div>')"
    )
    page.evaluate(f"htmx.ajax('POST', '/{status}', {{target: '#there'}}).catch(() => 0)")
    page.locator("#toasts .note").first.wait_for()
    page.wait_for_timeout(50)
    assert (
        page.locator("#there").inner_text(),
        page.locator("#alert").inner_text(),
    ) == (swapped, alert)
    assert page.locator("#toasts .note").count() == (2 if status in (403, 500) else 1)


def test_work_in_the_background_says_what_came_of_it(page: Any) -> None:
    page.locator(".work.done").wait_for()
    assert page.locator("[data-work-text]").inner_text() == "All read"
    assert page.locator(".work progress").get_attribute("value") == "120"


def test_head_of_a_long_table_stays_in_view(page: Any) -> None:
    page.locator("#list tbody tr").nth(6).scroll_into_view_if_needed()
    page.evaluate(
        "document.querySelector('#list tbody tr:nth-child(7)').scrollIntoView({block: 'start'})"
    )
    top = page.locator("#list thead th").nth(2).bounding_box()["y"]
    assert 60 < top < 90


def test_table_wider_than_its_place_scrolls_there(page: Any) -> None:
    page.evaluate("document.querySelector('#list thead th:nth-child(3)').style.minWidth = '1500px'")
    page.set_viewport_size({"width": 1300, "height": 900})
    page.wait_for_function(
        "document.querySelector('#list .list-table').classList.contains('too-wide')"
    )
    assert page.locator("#list .list-table").evaluate(
        "one => one.scrollWidth > one.clientWidth && one.getBoundingClientRect().right < 1300"
    )
    page.evaluate("document.querySelector('#list thead th:nth-child(3)').style.minWidth = ''")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.wait_for_function(
        "!document.querySelector('#list .list-table').classList.contains('too-wide')"
    )
