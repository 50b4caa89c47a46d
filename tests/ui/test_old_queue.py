"""What phones kept before the app had one queue is moved into it once, and nothing of it is lost."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.kit.numbers import LANGUAGES
from tests.ui.small_pages import Site
from tests.ui.test_offline_queue import (
    ENTRIES,
    LOGIN_PAGE,
    answer_with,
    phone,
    press,
    settle,
    small_site,
)

__all__ = ["phone", "small_site"]
pytestmark = [pytest.mark.browser]

EARLY, LATE = "2026-11-28T05:00:00.000Z", "2026-11-28T06:30:00.000Z"
STAGES = "driver:stages"
OF_SEVEN, OF_EIGHT = "driver:positions:/jobs/7/positions/", "driver:positions:/jobs/8/positions/"
LOADING = {"url": "HOST/jobs/7/advance/", "stage": "loading", "at": EARLY}
ON_WAY = {"url": "HOST/jobs/7/advance/", "stage": "on_way", "at": LATE}
POINT = {"at": EARLY, "lat": 42.87, "lon": 74.56}
LATER_POINT = {"at": LATE, "lat": 42.9, "lon": 74.6}
OLD_KEYS = "Object.keys(localStorage).filter((key) => /^driver:(stages|positions)/.test(key))"


def act(stage: str, at: str) -> list[Any]:
    return ["act", "/jobs/7/advance/", {"stage": stage, "at": at}]


def point(trip: int, facts: dict[str, Any]) -> list[Any]:
    return ["position", f"/jobs/{trip}/positions/", facts]


# What stood in the phone's store, what waits in the queue afterwards, which old keys stay.
CASES: dict[str, tuple[dict[str, Any], list[list[Any]], list[str]]] = {
    "stages": (
        {STAGES: [LOADING, ON_WAY]},
        [act("loading", EARLY), act("on_way", LATE)],
        [],
    ),
    "positions of one trip": (
        {OF_SEVEN: [POINT, LATER_POINT]},
        [point(7, POINT), point(7, LATER_POINT)],
        [],
    ),
    "positions of two trips": (
        {OF_SEVEN: [POINT], OF_EIGHT: [LATER_POINT]},
        [point(7, POINT), point(8, LATER_POINT)],
        [],
    ),
    "both": (
        {STAGES: [LOADING], OF_EIGHT: [POINT]},
        [act("loading", EARLY), point(8, POINT)],
        [],
    ),
    "some that nobody can read": (
        {STAGES: [LOADING, None, 7, {"at": EARLY}, {"url": 7, "at": EARLY}], OF_SEVEN: [{}, POINT]},
        [act("loading", EARLY), point(7, POINT)],
        [],
    ),
    "nothing but what nobody can read": ({STAGES: {"a": 1}}, [], [STAGES]),
    "empty lists": ({STAGES: [], OF_SEVEN: []}, [], [OF_SEVEN, STAGES]),
    "nothing": ({}, [], []),
}


def put(phone: Any, site: Site, old: dict[str, Any]) -> None:
    """As the app before left it in the store of the phone."""
    phone.goto(f"{site.url}/login")
    for key, facts in old.items():
        text = json.dumps(facts).replace("HOST", site.url)
        phone.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def waiting(phone: Any) -> list[list[Any]]:
    """Kind, address and facts of each entry of the queue."""
    rows = []
    for entry in phone.evaluate(ENTRIES):
        facts = entry.get("fields") or {name: entry[name] for name in ("at", "lat", "lon")}
        rows.append([entry["kind"], entry["url"], facts])
    return rows


@pytest.mark.parametrize("case", CASES)
def test_old_keys_are_moved_into_the_queue(phone: Any, small_site: Site, case: str) -> None:
    old, queue, left = CASES[case]
    put(phone, small_site, old)
    answer_with(small_site, 401, LOGIN_PAGE)
    for _turn in range(2):  # the second time there is nothing more to move
        phone.goto(f"{small_site.url}/ru")
        settle(phone)
        assert sorted(waiting(phone), key=str) == sorted(queue, key=str)
        assert sorted(phone.evaluate(OLD_KEYS)) == left
    ids = [entry["id"] for entry in phone.evaluate(ENTRIES)]
    assert len(set(ids)) == len(queue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_moved_is_sent_with_its_moment(
    phone: Any, small_site: Site, language: str
) -> None:
    put(phone, small_site, {STAGES: [LOADING, ON_WAY], OF_SEVEN: [POINT, LATER_POINT]})
    phone.goto(f"{small_site.url}/{language}")
    settle(phone)
    *acts, points = small_site.posts
    sent = [(parse_qs(one.body)["stage"][0], parse_qs(one.body)["at"][0]) for one in acts]
    assert sent == [("loading", EARLY), ("on_way", LATE)]
    assert json.loads(points.body) == [POINT, LATER_POINT]
    assert phone.evaluate(ENTRIES) == [] and phone.evaluate(OLD_KEYS) == []


def test_what_was_pressed_since_comes_after_it(phone: Any, small_site: Site) -> None:
    answer_with(small_site, 401, LOGIN_PAGE)
    phone.goto(f"{small_site.url}/ru")
    press(phone, "on_way")
    settle(phone)
    put(phone, small_site, {STAGES: [LOADING]})
    phone.goto(f"{small_site.url}/ru")
    settle(phone)
    assert [facts["stage"] for _kind, _url, facts in waiting(phone)] == ["loading", "on_way"]


def test_moving_that_was_cut_short_doubles_nothing(phone: Any, small_site: Site) -> None:
    """The page was closed after the queue was written and before the old keys went."""
    old = {STAGES: [LOADING], OF_SEVEN: [POINT]}
    answer_with(small_site, 401, LOGIN_PAGE)
    for _turn in range(2):
        put(phone, small_site, old)
        phone.goto(f"{small_site.url}/ru")
        settle(phone)
    assert waiting(phone) == [act("loading", EARLY), point(7, POINT)]


def test_full_store_keeps_the_old_keys(phone: Any, small_site: Site) -> None:
    put(phone, small_site, {STAGES: [LOADING]})
    full = "Storage.prototype.setItem = () => { throw new Error('full') }"
    phone.add_init_script(full)
    answer_with(small_site, 401, LOGIN_PAGE)
    phone.goto(f"{small_site.url}/ru")
    phone.locator("[data-full]").wait_for()
    assert phone.evaluate(OLD_KEYS) == [STAGES]


def test_refused_stage_is_named_by_its_moment(phone: Any, small_site: Site) -> None:
    put(phone, small_site, {STAGES: [LOADING]})
    answer_with(small_site, 409, '{"receipt": "RECEIPT", "why": "The trip is over."}')
    phone.goto(f"{small_site.url}/en")
    aside = phone.locator("[data-refused-list]")
    aside.get_by_text("The trip is over.").wait_for()
    assert "Stage, " in aside.inner_text() and "2026" in aside.inner_text()
