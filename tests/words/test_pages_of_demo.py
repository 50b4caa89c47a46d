"""No page of the demo speaks English to a Russian or Thai reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.urls import resolve

from tenants.actor import Actor
from tests.browser_client import Browser
from tests.hearing.small_demo import demo  # noqa: F401
from tests.words.allowed import ALLOWED
from tests.words.latin import latin_words

pytestmark = pytest.mark.proof
LINK = re.compile(r'(?:href|data-href|hx-get)="(/[^"#]*)"')
OUTSIDE = re.compile(r"^/(static|admin|ui|api|logout|t)/|/(pdf|export|csv|image)/|format=|download")
DEPTH = 3
MOST_OF_A_VIEW = 3  # pages of one view with one set of tabs
LEFT_OUT = frozenset({"showroom"})


def pages_of(browser: Browser) -> Iterator[tuple[str, str]]:
    """Every kind of page that can be reached from the first one, by its address."""
    waiting = ["/"]
    visited: set[str] = set()
    of_view: dict[str, int] = {}
    for _level in range(DEPTH):
        found_links: list[str] = []
        for address in waiting:
            answer = browser.get(address, follow=True)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code != 200 or not is_page:
                continue
            html = answer.content.decode()
            yield address, html
            found_links += [unescape(link) for link in LINK.findall(html)]
        waiting = []
        for link in dict.fromkeys(found_links):
            path, _mark, query = link.partition("?")
            if OUTSIDE.search(link) or link in visited:
                continue
            visited.add(link)
            try:
                name = resolve(path).view_name
            except Exception:
                continue
            keys = ",".join(sorted(part.split("=")[0] for part in query.split("&")))
            kind = f"{name}?{keys}" if "sort" not in keys and "cols" not in keys else "sorted"
            of_view[kind] = of_view.get(kind, 0) + 1
            if name not in LEFT_OUT and of_view[kind] <= MOST_OF_A_VIEW:
                waiting.append(link)


@pytest.mark.parametrize("language", ["ru", "th"])
def test_no_page_speaks_english(
    demo: dict[str, Actor],  # noqa: F811
    language: str,
) -> None:
    strangers: dict[str, str] = {}
    pages = 0
    for email, who in demo.items():
        browser = Browser()
        browser.sign_in(who)
        browser.cookies["language"] = language
        for address, html in pages_of(browser):
            assert f'<html lang="{language}"' in html, address
            pages += 1
            for word, text in latin_words(html, ALLOWED).items():
                strangers.setdefault(word, f"{email} {address}: {text}")
    assert pages > 100
    report = "\n".join(f"{word}: {place}" for word, place in sorted(strangers.items()))
    assert not strangers, report
