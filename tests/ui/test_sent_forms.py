"""Forms that a script sends: a dead network, an ended session, a broken server, drafts of two people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FORM = """<main><form method="post" action="/orders/" data-guard>
  <input name="place" aria-label="place"><textarea name="note" aria-label="note"></textarea>
  <select name="body"><option>tent</option><option>ref</option></select>
  <label><input type="radio" name="kind" value="client" checked>client</label>
  <label><input type="radio" name="kind" value="partner">partner</label>
  <select name="client" aria-label="client" data-pick>
    <option value="1">Alpha</option><option value="2">Beta</option></select>
  <input name="town" aria-label="town" value="Osh" data-pick-url="/places?q=" data-pick-new>
  <button>Save</button></form></main>"""
QUESTION = """<main><form method="post" action="/orders/"><input type="hidden" name="sure" value="1">
  <button>Yes</button></form></main>"""
LOGOUT = '<form method="post" action="/logout/" data-logout><button>Out</button></form>'
SENT = "Object.fromEntries(new FormData(document.querySelector('form')))"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
KEPT = "(text) => Object.values(localStorage).some((draft) => draft.includes(text))"
LIBRARIES = """<script data-libraries data-tom="/static/vendor/tom-select/tom-select.complete.min.js"
  data-tom-css="/static/vendor/tom-select/tom-select.bootstrap5.min.css" nonce="kit"></script>"""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("sent")) as site:
        form = page("en", FORM + LOGOUT)
        form = form.replace("<script", LIBRARIES + "<link data-own-style><script", 1)
        person = '<meta name="person" content="{}">'
        for name in ("one", "two"):
            site.pages[f"/{name}"] = form.replace("<title>", person.format(name) + "<title>")
        site.pages["/orders/7/"] = page("en", "<main>Order 7</main>")
        site.pages["/login/"] = page("en", "<main>Sign in</main>").replace("alpha", "")
        yield site


@pytest.fixture
def tab(browser: Any, small_site: Site) -> Iterator[Any]:
    small_site.posts.clear()
    small_site.leads_to = ""
    small_site.status = 200
    context = browser.new_context()
    own = context.new_page()
    own.route("**/places?q=*", lambda route: route.fulfill(json=[]))
    own.goto(f"{small_site.url}/one")
    own.locator(".ts-wrapper").nth(1).wait_for()
    yield own
    context.close()


def write(tab: Any) -> None:
    tab.get_by_label("place").press_sequentially("Naryn")
    tab.get_by_label("note").press_sequentially("two pallets")
    tab.wait_for_function(KEPT, arg="two pallets")


def save(tab: Any) -> None:
    tab.get_by_role("button", name="Save").click()


def answer_with(site: Site, status: int, html: str, *, leads_to: str = "") -> None:
    site.status = status
    site.answer = html
    site.kind = "text/html"
    site.leads_to = leads_to


def test_dead_network_keeps_the_page_and_the_next_try_is_the_same_sending(
    tab: Any, small_site: Site
) -> None:
    """FAULTS B4."""
    write(tab)
    answer_with(small_site, 200, "", leads_to="/orders/7/")
    tab.context.set_offline(True)
    save(tab)
    tab.locator("#toasts").get_by_text("No connection.").wait_for()
    assert tab.url.endswith("/one")
    assert tab.get_by_label("note").input_value() == "two pallets"
    assert tab.evaluate(DRAFTS) == 1
    tab.context.set_offline(False)
    save(tab)
    tab.wait_for_url("**/orders/7/")
    assert len(small_site.posts) == 1 and small_site.posts[0].form
    assert tab.evaluate(DRAFTS) == 0


def test_lost_answer_is_sent_again_with_the_same_key_also_after_a_reload(
    tab: Any, small_site: Site
) -> None:
    write(tab)
    tab.route("**/orders/", lambda route: (route.fetch(), route.abort("connectionreset")))
    save(tab)
    tab.locator("#toasts").get_by_text("No connection.").wait_for()
    tab.unroute("**/orders/")
    tab.reload()
    tab.locator(".draft-note").wait_for()
    assert tab.get_by_label("note").input_value() == "two pallets"
    answer_with(small_site, 200, "", leads_to="/orders/7/")
    save(tab)
    tab.wait_for_url("**/orders/7/")
    keys = [post.form for post in small_site.posts]
    assert len(keys) == 2 and len(set(keys)) == 1


def test_ended_session_comes_back_to_the_text(tab: Any, small_site: Site) -> None:
    write(tab)
    tab.route(
        "**/orders/",
        lambda route: route.fulfill(status=200, headers={"X-Location": "/login/?next=/one"}),
    )
    save(tab)
    tab.wait_for_url("**/login/**")
    tab.goto(f"{small_site.url}/one")
    tab.locator(".draft-note").wait_for()
    assert tab.evaluate(SENT)["note"] == "two pallets"


@pytest.mark.parametrize("status", [403, 404, 413, 429, 500, 502])
def test_refused_form_stays_with_its_text(tab: Any, small_site: Site, status: int) -> None:
    write(tab)
    answer_with(small_site, status, "<main data-error><p>It was refused.</p></main>")
    save(tab)
    text = "Broke." if status >= 500 else "It was refused."
    tab.locator("#toasts").get_by_text(text).wait_for()
    assert tab.evaluate(SENT)["note"] == "two pallets"
    assert tab.evaluate(DRAFTS) == 1


def test_page_with_errors_and_question_belong_to_the_same_sending(
    tab: Any, small_site: Site
) -> None:
    write(tab)
    errors = FORM.replace("<input", "<p class='form-errors'>Wrong</p><input", 1)
    answer_with(small_site, 422, page("en", errors.replace(' aria-label="place"', ' value="N"')))
    save(tab)
    tab.get_by_text("Wrong").wait_for()
    assert tab.evaluate(SENT)["place"] == "N"
    answer_with(small_site, 409, page("en", QUESTION))
    save(tab)
    tab.get_by_role("button", name="Yes").wait_for()
    assert tab.evaluate(DRAFTS) == 1
    answer_with(small_site, 200, "", leads_to="/orders/7/")
    tab.get_by_role("button", name="Yes").click()
    tab.wait_for_url("**/orders/7/")
    assert len({post.form for post in small_site.posts}) == 1
    assert tab.evaluate(DRAFTS) == 0


def test_another_person_never_sees_a_draft_and_signing_out_clears_the_own(
    tab: Any, small_site: Site
) -> None:
    write(tab)
    tab.goto(f"{small_site.url}/two")
    assert tab.evaluate(SENT)["note"] == ""
    assert tab.locator(".draft-note").count() == 0
    tab.get_by_label("place").press_sequentially("Osh")
    tab.wait_for_function(KEPT, arg="Osh")
    with tab.expect_navigation():
        tab.get_by_text("Out").click()
    assert tab.evaluate(DRAFTS) == 1
    tab.goto(f"{small_site.url}/one")
    tab.locator(".draft-note").wait_for()
    assert tab.evaluate(SENT)["note"] == "two pallets"


def choose(tab: Any, label: str, text: str) -> None:
    wrapper = tab.locator(f"[aria-label={label}] + .ts-wrapper")
    wrapper.locator(".ts-control").click()
    wrapper.locator(".option", has_text=text).click()


SEEN = """() => ({
  place: document.querySelector("[name=place]").value,
  body: document.querySelector("[name=body]").value,
  kind: document.querySelector("[name=kind]:checked")?.value,
  client: document.querySelector("[name=client] + .ts-wrapper .item")?.textContent,
  town: document.querySelector("[name=town] + .ts-wrapper .item")?.textContent,
})"""


def test_discarded_draft_shows_what_is_sent(tab: Any, small_site: Site) -> None:
    """FAULTS B5."""
    before = tab.evaluate(SENT)
    write(tab)
    tab.locator("[name=body]").select_option("ref")
    tab.get_by_label("partner").check()
    choose(tab, "client", "Beta")
    tab.wait_for_function("() => document.querySelector('[name=client]').value === '2'")
    tab.wait_for_function(KEPT, arg="partner")
    tab.reload()
    tab.locator(".draft-note").wait_for()
    tab.locator("[name=client] + .ts-wrapper .item", has_text="Beta").wait_for()
    assert tab.evaluate(SEEN) == {
        "place": "Naryn",
        "body": "ref",
        "kind": "partner",
        "client": "Beta",
        "town": "Osh",
    }
    tab.locator(".draft-note button").click()
    assert tab.evaluate(SEEN) == {
        "place": "",
        "body": "tent",
        "kind": "client",
        "client": "Alpha",
        "town": "Osh",
    }
    assert tab.evaluate(SENT) == before
    tab.reload()
    assert tab.locator(".draft-note").count() == 0
