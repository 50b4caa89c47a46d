"""What the driver's phone keeps while there is no network: sent in order, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.kit.numbers import LANGUAGES
from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

STAGE = """<form method="post" action="/jobs/7/advance/" data-stage-form>
  <input type="hidden" name="stage" value="{stage}"><input type="hidden" name="at" data-now>
  <button>{stage}</button></form>"""
POSITION = """<section data-positions="/jobs/7/positions/"><b data-last></b> <span data-queued></span>
  <button type="button" data-check-in>I am here</button>
  <p data-position-said data-refused="refused" data-sent="just now" data-waiting="will be sent"></p>
</section>"""
BISHKEK = {"latitude": 42.8746, "longitude": 74.5698}
OSH = {"latitude": 40.5283, "longitude": 72.7985}
STAGES = "JSON.parse(localStorage.getItem('driver:stages') || '[]').map((one) => one.stage)"
POSITIONS = "JSON.parse(localStorage.getItem('driver:positions:/jobs/7/positions/') || '[]')"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    body = STAGE.format(stage="loading") + STAGE.format(stage="on_way") + POSITION
    with serving(tmp_path_factory.mktemp("queue")) as site:
        for language in LANGUAGES:
            site.pages[f"/{language}"] = page(language, body, "driving")
        yield site


@pytest.fixture
def phone(browser: Any, small_site: Site) -> Iterator[Any]:
    """A phone of its own; it gives its position when it is asked, not by itself."""
    small_site.posts.clear()
    small_site.status = 200
    context = browser.new_context(geolocation=BISHKEK, permissions=["geolocation"])
    context.add_init_script("navigator.geolocation.watchPosition = () => 0")
    yield context.new_page()
    context.close()


def press(phone: Any, text: str) -> None:
    phone.get_by_role("button", name=text).focus()
    phone.keyboard.press("Enter")


def press_offline(phone: Any, *stages: str) -> None:
    """Pressing one stage closes the buttons of the page, so each is pressed on a page of its own."""
    phone.context.set_offline(True)
    for stage in stages:
        phone.evaluate("document.querySelectorAll('button').forEach((one) => one.disabled = false)")
        press(phone, stage)
        phone.wait_for_function("document.querySelector('[data-stage-form] button').disabled")


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_pressed_offline_are_sent_in_order_and_once(
    phone: Any, small_site: Site, language: str
) -> None:
    phone.goto(f"{small_site.url}/{language}")
    press_offline(phone, "loading", "on_way")
    assert phone.evaluate(STAGES) == ["loading", "on_way"]
    assert small_site.posts == []
    with phone.expect_navigation():
        phone.context.set_offline(False)
    sent = [parse_qs(post.body) for post in small_site.posts]
    assert [one["stage"] for one in sent] == [["loading"], ["on_way"]]
    assert sent[0]["at"] < sent[1]["at"]
    assert phone.evaluate(STAGES) == []


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (200, []),
        (409, []),
        (422, []),
        (403, []),
        (429, ["loading"]),
        (500, ["loading"]),
    ],
)
def test_stage_stays_until_it_is_done_or_refused_for_good(
    phone: Any, small_site: Site, status: int, kept: list[str]
) -> None:
    phone.goto(f"{small_site.url}/ru")
    press_offline(phone, "loading")
    small_site.status = status
    phone.context.set_offline(False)
    phone.wait_for_timeout(500)
    assert (phone.evaluate(STAGES), len(small_site.posts)) == (kept, 1)


def test_stage_that_stays_goes_out_with_the_next_page(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/ru")
    press_offline(phone, "loading")
    small_site.status = 500
    phone.context.set_offline(False)
    phone.wait_for_timeout(300)
    small_site.status = 200
    phone.goto(f"{small_site.url}/th")
    phone.wait_for_timeout(500)
    assert (phone.evaluate(STAGES), len(small_site.posts)) == ([], 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_positions_kept_offline_are_sent_together_in_order(
    phone: Any, small_site: Site, language: str
) -> None:
    phone.goto(f"{small_site.url}/{language}")
    phone.context.set_offline(True)
    for count, place in enumerate((BISHKEK, OSH), start=1):
        phone.context.set_geolocation(place)
        press(phone, "I am here")
        phone.locator("[data-queued]").get_by_text(f"(+{count})").wait_for()
    phone.context.set_offline(False)
    phone.locator("[data-last]").get_by_text("just now").wait_for()
    (batch,) = [json.loads(post.body) for post in small_site.posts]
    places = [
        (BISHKEK["latitude"], BISHKEK["longitude"]),
        (OSH["latitude"], OSH["longitude"]),
    ]
    assert [(one["lat"], one["lon"]) for one in batch] == places
    assert phone.evaluate(POSITIONS) == []


@pytest.mark.parametrize(
    ("status", "kept", "remark"),
    [
        (200, 0, ""),
        (409, 0, "The trip is over."),
        (422, 0, "The trip is over."),
        (429, 1, ""),
        (500, 1, ""),
    ],
)
def test_position_stays_until_it_is_taken_or_refused(
    phone: Any, small_site: Site, status: int, kept: int, remark: str
) -> None:
    phone.goto(f"{small_site.url}/ru")
    small_site.status = status
    press(phone, "I am here")
    phone.wait_for_timeout(500)
    assert len(phone.evaluate(POSITIONS)) == kept
    assert phone.locator("[data-position-said]").inner_text() == remark
