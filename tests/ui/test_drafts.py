"""Drafts of forms in the browser's store, typed key by key, and read again in another language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.kit.numbers import COMMA, LANGUAGES
from tests.ui.small_pages import Site, page, serving

pytestmark = [pytest.mark.browser]

FORM = """<form method="post" action="/orders/" data-draft="{name}">
  <input name="price" data-money value="500.00"><input name="place"><input name="secret" type="password">
  <input name="adr" type="checkbox"><select name="body"><option>tent</option><option>ref</option></select>
  {error}<button>Save</button></form>
<form method="post" action="/logout/" data-logout><button>Out</button></form>"""
SENT = "name => new FormData(document.querySelector('form')).get(name)"
SECRET = "of-nobody-else"
AMOUNTS = ("12500", "100000", "1234567.89")
KEPT_AFTER = 600  # ms; a draft is kept 400 ms after the last key


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("drafts")) as site:
        for language in LANGUAGES:
            order = FORM.format(name="order", error="")
            refused = FORM.format(name="order", error="<p class='form-errors'>No</p>")
            site.pages[f"/{language}"] = page(language, order)
            site.pages[f"/{language}/refused"] = page(language, refused)
            site.pages[f"/{language}/other"] = page(language, FORM.format(name="other", error=""))
        yield site


@pytest.fixture
def tab(browser: Any, small_site: Site) -> Iterator[Any]:
    own = browser.new_page()
    small_site.leads_to = ""
    small_site.answer = "Bye"
    yield own
    own.close()


def as_written(text: str, language: str) -> str:
    return text.replace(".", ",") if language in COMMA else text


def write_draft(tab: Any, amount: str) -> None:
    tab.locator("[name=price]").focus()
    tab.keyboard.press("Control+a")
    tab.locator("[name=price]").press_sequentially(amount)
    tab.locator("[name=place]").press_sequentially("Ош")
    tab.locator("[name=secret]").press_sequentially(SECRET)
    tab.locator("[name=adr]").check()
    tab.locator("[name=body]").select_option("ref")
    tab.wait_for_timeout(KEPT_AFTER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("amount", AMOUNTS)
def test_draft_comes_back_in_every_language(
    tab: Any, small_site: Site, language: str, amount: str
) -> None:
    tab.goto(f"{small_site.url}/{language}")
    write_draft(tab, as_written(amount, language))
    sent = {}
    for next_language in LANGUAGES:
        tab.goto(f"{small_site.url}/{next_language}")
        assert tab.locator(".draft-note").count() == 1
        sent[next_language] = tab.evaluate(SENT, "price")
    assert sent == dict.fromkeys(LANGUAGES, amount)


@pytest.mark.parametrize("language", LANGUAGES)
def test_draft_holds_every_field_but_secrets(tab: Any, small_site: Site, language: str) -> None:
    tab.goto(f"{small_site.url}/{language}")
    write_draft(tab, "12500")
    tab.reload()
    names = ("price", "place", "secret", "adr", "body")
    sent = [tab.evaluate(SENT, name) for name in names]
    assert sent == ["12500", "Ош", "", "on", "ref"]
    assert SECRET not in tab.evaluate("JSON.stringify(localStorage)")


def test_untouched_form_shows_no_draft(tab: Any, small_site: Site) -> None:
    tab.goto(f"{small_site.url}/th")
    tab.locator("[name=place]").press_sequentially("x")
    tab.keyboard.press("Backspace")
    tab.wait_for_timeout(KEPT_AFTER)
    tab.goto(f"{small_site.url}/ru")
    assert tab.locator(".draft-note").count() == 0


@pytest.mark.parametrize(
    ("after", "remains"),
    [
        ("discarded", False),
        ("sent", False),
        ("refused", True),
        ("signed out", False),
    ],
)
def test_draft_goes_when_it_has_done_its_work(
    tab: Any, small_site: Site, after: str, remains: bool
) -> None:
    tab.goto(f"{small_site.url}/en")
    write_draft(tab, "12500")
    if after == "discarded":
        tab.reload()
        tab.locator(".draft-note button").click()
    elif after == "signed out":
        tab.get_by_text("Out").click()
    else:
        small_site.leads_to = "/en/other" if after == "sent" else ""
        small_site.answer = small_site.pages["/en/refused"]
        small_site.kind = "text/html"
        with tab.expect_navigation():
            tab.get_by_text("Save").click()
    tab.goto(f"{small_site.url}/en/{'refused' if after == 'refused' else 'other'}")
    assert tab.evaluate("Object.keys(localStorage).length > 0") is remains
