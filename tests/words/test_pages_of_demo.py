"""No page and no message of the demo speaks English to a Russian or Thai reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from django.urls import Resolver404, resolve

from tenants.actor import Actor
from tenants.kit.places import everything
from tests.browser_client import Browser
from tests.hearing.small_demo import demo  # noqa: F401
from tests.page_forms import PageForm, forms_on
from tests.words.allowed import ALLOWED, NAMES_OF_DEMO
from tests.words.latin import latin_words

pytestmark = pytest.mark.proof
LINK = re.compile(r'(?:href|data-href|hx-get)="(/[^"#]*)"')
OUTSIDE = re.compile(r"^/(static|admin|ui|api|logout|t)/|/(pdf|export|csv|image)/|format=|download")
PLATE = re.compile(r"\b\d\d KG \d{4} [A-Z]{2}\b")
DEPTH = 3
PAGES_OF_A_VIEW = 2  # with one set of filters
NONSENSE = "!1x"  # no number, no day, no phone, no choice
FIRST_OF_KIND = {
    "head@alatoo.demo",
    "client@alatoo.demo",
    "partner@alatoo.demo",
    "admin@prcargo.demo",
    "sale@prcargo.demo",
}


def pages_of(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Every kind of page that can be reached from the first one, by its address."""
    waiting = ["/"]
    visited: set[str] = set()
    of_view: dict[str, int] = {}
    for _level in range(DEPTH):
        links: list[str] = []
        for address in waiting:
            answer = browser.get(address, follow=True)
            is_page = answer.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200 and is_page:
                yield address, answer.content
                links += [unescape(link) for link in LINK.findall(answer.content.decode())]
        waiting = []
        for link in dict.fromkeys(links):
            kind = kind_of(link)
            if not kind or link in visited or OUTSIDE.search(link):
                continue
            visited.add(link)
            of_view[kind] = of_view.get(kind, 0) + 1
            if of_view[kind] <= PAGES_OF_A_VIEW:
                waiting.append(link)


def kind_of(link: str) -> str:
    """The view of a link with the names of what its address asks for."""
    path, _mark, query = link.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    keys = sorted({part.split("=")[0] for part in query.split("&")})
    return "" if {"sort", "cols", "cursor"}.intersection(keys) else f"{name}?{','.join(keys)}"


def entry_forms(content: bytes, address: str) -> list[PageForm]:
    """Forms that enter something and answer on their own page."""
    if b"<form" not in content:
        return []
    return [
        form
        for form in forms_on(content, address)
        if form.method == "post" and form.action == address and len(form.visible) > 1
    ]


@cache
def small_towns(language: str) -> re.Pattern[str]:
    """Places that have no name in the language, as pages write them: in Latin letters."""
    names = {place.english for place in everything() if place.name(language) == place.english}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def strangers_in(content: bytes, language: str) -> dict[str, str]:
    html = PLATE.sub(" ", content.decode())
    html = small_towns(language).sub(" ", html)
    for name in NAMES_OF_DEMO:
        html = html.replace(name, " ")
    return latin_words(html, ALLOWED)


def test_nobody_is_spoken_to_in_english(demo: dict[str, Actor]) -> None:  # noqa: F811
    strangers: dict[str, str] = {}
    pages = forms = 0
    for language in ("ru", "th"):
        for email in sorted(FIRST_OF_KIND):
            browser = Browser()
            browser.sign_in(demo[email])
            browser.cookies["language"] = language
            for address, content in pages_of(browser):
                answers = [content]
                for form in entry_forms(content, address):
                    typed = form.fields | dict.fromkeys(form.visible, NONSENSE)
                    answer = browser.post(address, typed)
                    assert answer.status_code < 500, address
                    answers.append(answer.content)
                    forms += 1
                pages += 1
                for html in answers:
                    for word, text in strangers_in(html, language).items():
                        strangers.setdefault(word, f"{email} {address}: {text}")
    report = "\n".join(f"{word}: {place}" for word, place in sorted(strangers.items()))
    assert not strangers, report
    assert (pages > 200, forms > 20) == (True, True), (pages, forms)
