"""What a driver's phone keeps: every press and position, until the server's own receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.utils import translation

from tests.kit.numbers import LANGUAGES
from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

LIVE = '<p data-live="head">{head}</p><div data-live-while="incident">{text}</div>'
STAGE = """<form method="post" action="/jobs/7/advance/" data-stage-form>
  <input type="hidden" name="stage" value="{stage}"><button>{stage}</button></form>"""
INCIDENT = """<form method="post" action="/jobs/7/incidents/" data-incident-form>
  <input type="hidden" name="kind" value="other"><textarea name="text"></textarea>
  <button>tell</button></form>"""
POSITION = """<section data-positions="/jobs/7/positions/"><b data-last></b> <span data-queued></span>
  <button type="button" data-check-in>I am here</button>
  <p data-position-said data-refused="no position"></p></section>"""
BODY = STAGE.format(stage="loading") + STAGE.format(stage="on_way") + INCIDENT + POSITION
BISHKEK = {"latitude": 42.8746, "longitude": 74.5698}
OSH = {"latitude": 40.5283, "longitude": 72.7985}
ENTRIES = "JSON.parse(localStorage.getItem('driver:queue:one') || '[]')"
ACTS = f"{ENTRIES}.filter((one) => one.kind === 'act')"
POINTS = f"{ENTRIES}.filter((one) => one.kind === 'position')"
RECEIPT = '{"receipt": "RECEIPT", "stored": 1, "refused": [], "why": ""}'
REFUSAL = '{"receipt": "RECEIPT", "why": "The trip is over."}'
LOGIN_PAGE = "<!doctype html><title>Sign in</title>"


def queue_of(env: Any, driver: str) -> str:
    """The piece of the driver's pages that shows what waits."""
    names = {
        "actor": SimpleNamespace(driver_id=driver),
        "request": SimpleNamespace(get_full_path=lambda: "/driver/"),
    }
    with translation.override("en"):
        html: str = env.get_template("driving/_queue.html").render(names)
    return html


@pytest.fixture(scope="module")
def small_site(env: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("queue")) as site:
        for language in LANGUAGES:
            own = queue_of(env, "one") + BODY
            site.pages[f"/{language}"] = page(language, own, "driving")
        other = queue_of(env, "two") + BODY
        site.pages["/other"] = page("ru", other, "driving")
        site.pages["/login"] = LOGIN_PAGE
        yield site


def answer_with(site: Site, status: int, answer: str = RECEIPT) -> None:
    site.status = status
    site.answer = answer
    site.kind = "text/html" if answer == LOGIN_PAGE else "application/json"


@pytest.fixture
def phone(browser: Any, small_site: Site) -> Iterator[Any]:
    """A phone of its own; it gives its position when it is asked, not by itself."""
    small_site.posts.clear()
    answer_with(small_site, 200)
    context = browser.new_context(geolocation=BISHKEK, permissions=["geolocation"])
    context.add_init_script("navigator.geolocation.watchPosition = () => 0")
    yield context.new_page()
    context.close()


def press(phone: Any, text: str) -> None:
    phone.get_by_role("button", name=text).focus()
    phone.keyboard.press("Enter")


def press_offline(phone: Any, *stages: str) -> None:
    """Pressing one stage closes the buttons of the page, so they are opened for the next."""
    phone.context.set_offline(True)
    for count, stage in enumerate(stages, start=1):
        phone.evaluate("document.querySelectorAll('button').forEach((one) => one.disabled = false)")
        press(phone, stage)
        phone.locator("[data-waiting]").get_by_text(f"(+{count})").wait_for()


def stages_of(phone: Any) -> list[str]:
    stages: list[str] = phone.evaluate(f"{ACTS}.map((one) => one.fields.stage)")
    return stages


def settle(phone: Any) -> None:
    phone.wait_for_timeout(500)


def sent_stages(site: Site) -> list[str]:
    acts = [post for post in site.posts if post.path.endswith("/advance/")]
    return [parse_qs(post.body)["stage"][0] for post in acts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_pressed_offline_are_sent_in_order_and_once(
    phone: Any, small_site: Site, language: str
) -> None:
    phone.goto(f"{small_site.url}/{language}")
    press_offline(phone, "loading", "on_way")
    assert stages_of(phone) == ["loading", "on_way"]
    assert small_site.posts == []
    phone.context.set_offline(False)
    settle(phone)
    assert sent_stages(small_site) == ["loading", "on_way"]
    moments = [parse_qs(post.body)["at"][0] for post in small_site.posts]
    assert moments[0] < moments[1]
    assert stages_of(phone) == []


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (401, LOGIN_PAGE),
        (403, LOGIN_PAGE),
        (403, "{}"),
        (302, ""),
        (200, LOGIN_PAGE),
        (404, LOGIN_PAGE),
    ],
)
def test_ended_session_loses_nothing_and_asks_to_sign_in(
    phone: Any, small_site: Site, status: int, answer: str
) -> None:
    """FAULTS B1: offline, a stage and positions, and the session ended meanwhile."""
    phone.goto(f"{small_site.url}/ru")
    press_offline(phone, "loading")
    press(phone, "I am here")
    phone.locator("[data-queued]").get_by_text("(+1)").wait_for()
    answer_with(small_site, status, answer)
    phone.context.set_offline(False)
    phone.locator("[data-sign-in] a").wait_for()
    assert phone.locator("[data-sign-in] b").inner_text() == "(+2)"
    assert len(phone.evaluate(ENTRIES)) == 2
    assert phone.locator("[data-last]").inner_text() == ""
    assert phone.locator("#toasts").inner_text() == ""
    answer_with(small_site, 200)
    phone.goto(f"{small_site.url}/th")
    settle(phone)
    assert phone.evaluate(ENTRIES) == []
    assert not phone.locator("[data-sign-in]").is_visible()


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (429, "{}"),
        (500, LOGIN_PAGE),
        (502, RECEIPT),
        (200, "{}"),
        (200, '{"receipt": "another"}'),
        (400, "{}"),
    ],
)
def test_without_a_receipt_all_is_kept_and_tried_again(
    phone: Any, small_site: Site, status: int, answer: str
) -> None:
    phone.goto(f"{small_site.url}/ru")
    answer_with(small_site, status, answer)
    press(phone, "loading")
    settle(phone)
    press(phone, "I am here")
    settle(phone)
    entries = phone.evaluate(ENTRIES)
    assert [one["kind"] for one in entries] == ["act", "position"]
    assert phone.locator("[data-waiting]").is_visible()
    assert "just now" not in phone.locator("body").inner_text()
    answer_with(small_site, 200)
    phone.goto(f"{small_site.url}/th")
    settle(phone)
    assert phone.evaluate(ENTRIES) == []
    assert small_site.posts[-1].receipt == entries[-1]["id"]


@pytest.mark.parametrize("status", [404, 409, 422])
def test_refused_stage_is_laid_aside_and_the_next_goes_on(
    phone: Any, small_site: Site, status: int
) -> None:
    phone.goto(f"{small_site.url}/ru")
    answer_with(small_site, status, REFUSAL)
    press(phone, "loading")
    aside = phone.locator("[data-refused-list]")
    aside.get_by_text("The trip is over.").wait_for()
    assert "loading" in aside.inner_text()
    answer_with(small_site, 200)
    press(phone, "I am here")
    phone.locator("[data-last]").get_by_text("just now").wait_for()
    phone.goto(f"{small_site.url}/en")
    aside.get_by_text("The trip is over.").wait_for()  # until it is read
    assert len(sent_stages(small_site)) == 1
    press(phone, "Close")
    settle(phone)
    assert aside.inner_text() == "" and phone.evaluate(ENTRIES) == []


def test_dead_network_of_a_phone_that_says_online_loses_nothing(
    phone: Any, small_site: Site
) -> None:
    """FAULTS B3."""
    address = f"{small_site.url}/ru"
    phone.goto(address)
    phone.route("**/jobs/**", lambda route: route.abort("connectionfailed"))
    assert phone.evaluate("navigator.onLine")
    press(phone, "loading")
    phone.locator("[data-waiting]").get_by_text("(+1)").wait_for()
    phone.get_by_role("textbox").fill("wheel")
    press(phone, "tell")
    phone.locator("[data-waiting]").get_by_text("(+2)").wait_for()
    assert phone.url == address
    phone.unroute("**/jobs/**")
    press(phone, "I am here")
    phone.locator("[data-last]").get_by_text("just now").wait_for()
    assert [post.path for post in small_site.posts] == [
        "/jobs/7/advance/",
        "/jobs/7/incidents/",
        "/jobs/7/positions/",
    ]
    assert parse_qs(small_site.posts[1].body)["text"] == ["wheel"]


def test_lost_answer_is_asked_for_again_with_the_same_id(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/ru")
    answer_with(small_site, 500, LOGIN_PAGE)
    press(phone, "loading")
    settle(phone)
    answer_with(small_site, 200)
    phone.goto(f"{small_site.url}/ru")
    settle(phone)
    receipts = [post.receipt for post in small_site.posts]
    assert len(receipts) == 2 and len(set(receipts)) == 1


def test_another_driver_on_the_phone_sends_only_his_own(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/ru")
    answer_with(small_site, 403, LOGIN_PAGE)
    press(phone, "loading")
    phone.locator("[data-sign-in] a").wait_for()
    answer_with(small_site, 200)
    small_site.posts.clear()
    phone.goto(f"{small_site.url}/other")
    press(phone, "on_way")
    settle(phone)
    assert sent_stages(small_site) == ["on_way"]
    assert small_site.posts[0].driver == "two"
    assert stages_of(phone) == ["loading"]
    phone.goto(f"{small_site.url}/ru")
    settle(phone)
    assert sent_stages(small_site) == ["on_way", "loading"]


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
    assert phone.evaluate(POINTS) == []


def test_a_network_that_comes_back_during_a_try_is_used_at_once(
    phone: Any, small_site: Site
) -> None:
    """Not at the next half minute only."""
    held: list[Any] = []

    def hold_first(route: Any) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    phone.goto(f"{small_site.url}/ru")
    phone.route("**/positions/", hold_first)
    phone.context.set_geolocation(BISHKEK)
    with phone.expect_request("**/positions/"):
        press(phone, "I am here")
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    held[0].abort("internetdisconnected")
    phone.locator("[data-last]").get_by_text("just now").wait_for(timeout=10_000)
    assert phone.evaluate(POINTS) == []
    assert len(small_site.posts) == 1


FILL = """(count) => localStorage.setItem("driver:queue:one", JSON.stringify(
  Array.from({ length: count }, (_, place) => ({ id: `p${place}`, kind: "position",
    url: `/jobs/${place < 1200 ? 7 : 8}/positions/`, at: new Date().toISOString(), lat: 42, lon: 74 }))))"""


def test_positions_go_in_batches_of_one_trip(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/login")
    phone.evaluate(FILL, 1203)
    phone.goto(f"{small_site.url}/ru")
    settle(phone)
    batches = [(post.path, len(json.loads(post.body))) for post in small_site.posts]
    assert batches == [
        ("/jobs/7/positions/", 500),
        ("/jobs/7/positions/", 500),
        ("/jobs/7/positions/", 200),
        ("/jobs/8/positions/", 3),
    ]
    assert phone.evaluate(POINTS) == []


def test_refused_positions_leave_and_are_said_once(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/login")
    phone.evaluate(FILL, 60)
    refused = '{"receipt": "RECEIPT", "stored": 58, "refused": [{"index": 3}, {"index": 4}]}'
    answer_with(small_site, 200, refused)
    phone.goto(f"{small_site.url}/ru")
    phone.locator("[data-position-said]").get_by_text("Positions refused: 2").wait_for()
    assert phone.evaluate(POINTS) == []
    assert phone.locator("[data-last]").inner_text() == "just now"


def test_full_store_keeps_the_press_in_the_page_and_says_so(phone: Any, small_site: Site) -> None:
    phone.goto(f"{small_site.url}/ru")
    phone.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    answer_with(small_site, 500, LOGIN_PAGE)
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        press(phone, "loading")
    phone.locator("[data-full]").wait_for()
    answer_with(small_site, 200)
    with phone.expect_response(lambda answer: answer.url.endswith("/advance/")):
        press(phone, "I am here")
    assert sent_stages(small_site) == ["loading", "loading"]


def test_receipt_brings_the_trip_as_it_stands_and_keeps_what_is_typed(
    phone: Any, small_site: Site, env: Any
) -> None:
    queue = queue_of(env, "one")
    before = LIVE.format(head="assigned", text="ask")
    small_site.pages["/trip"] = page("en", queue + before + BODY, "driving")
    phone.goto(f"{small_site.url}/trip")
    after = '<p data-live="head">loaded</p>'
    small_site.pages["/trip"] = page("en", queue + after + BODY, "driving")
    phone.get_by_role("textbox").fill("wheel")
    press(phone, "loading")
    phone.locator("[data-live=head]").get_by_text("loaded").wait_for()
    assert phone.locator("[data-live-while]").count() == 0
    assert phone.get_by_role("textbox").input_value() == "wheel"
    assert "loading: just now" in phone.locator("#toasts").inner_text()
