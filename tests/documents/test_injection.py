"""HTML in a text stays text: nothing is fetched, nothing of the server gets into a PDF."""

import socket
import threading
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.request import OpenerDirector

import pytest

from documents.kinds import KINDS
from documents.render import engine
from documents.render.engine import render_html
from documents.render.paper import Paper, html, render
from tests.documents.papers import MakePaper
from tests.documents.reading import by_library, plain
from tests.documents.test_kinds import Words

SECRET = "SECRET-OF-THE-SERVER"
VECTORS = (
    '<img src="http://127.0.0.1:9/a.png">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    "<style>@import url(http://127.0.0.1:9/b.css);</style>",
    '<img src="file://{file}">',
    '<object data="file://{file}"></object>',
    '<link rel="attachment" href="file://{file}">',
    '<a rel="attachment" href="file://{file}">x</a>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/c.png"/></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
    '%3Cimage href=%22file://{file}%22/%3E%3C/svg%3E">',
    '<div style="background:url(http://127.0.0.1:9/d.png)">x</div>',
    '<base href="http://127.0.0.1:9/"><img src="e.png">',
    "<style>@font-face{{font-family:x;src:url(file://{file})}}*{{font-family:x}}</style>",
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    '<embed src="file://{file}">',
)


class Tags(Words):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def tags(text: str) -> list[str]:
    parser = Tags()
    parser.feed(text)
    return parser.tags


def filled(value: Any, text: Callable[[], str]) -> Any:
    """The same data with a text of ours in every text field, at every depth."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return text()
    if isinstance(value, tuple):
        return tuple(filled(each, text) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            f.name: filled(getattr(value, f.name), text)
            for f in fields(value)
            if f.name not in KEPT
        }
        return replace(value, **changes)
    return value


KEPT = {
    "accent",
    "currency",
    "mime",
    "content",
    "file",
    "logo",
    "signature",
    "stamp",
    "site",
}


def hostile(paper: Paper, text: Callable[[], str]) -> Paper:
    return replace(
        paper,
        number=text(),
        context=filled(paper.context, text),
        letterhead=filled(paper.letterhead, text),
    )


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to open an address or a socket."""
    seen: list[Any] = []
    monkeypatch.setattr(
        OpenerDirector,
        "open",
        lambda _self, url, *_args, **_kw: seen.append(url),
    )
    monkeypatch.setattr(
        socket.socket,
        "connect",
        lambda _self, address: seen.append(address),
    )
    return seen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("vector", VECTORS)
def test_no_text_field_makes_an_element(
    make_paper: MakePaper, kind: str, vector: str, secret: Path
) -> None:
    paper = make_paper(kind)
    assert tags(html(hostile(paper, lambda: vector.format(file=secret)))) == tags(
        html(hostile(paper, lambda: "x"))
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_all_vectors_come_out_as_text(
    make_paper: MakePaper, kind: str, secret: Path, calls: list[Any]
) -> None:
    turns = cycle(vector.format(file=secret) for vector in VECTORS)
    done = render(hostile(make_paper(kind), lambda: next(turns)))
    assert (done.refused, calls) == ((), [])
    assert SECRET.encode() not in done.content
    printed = plain(by_library(done.content))
    assert SECRET not in printed and plain("127.0.0.1:9/d.png") in printed


@pytest.mark.parametrize("vector", VECTORS)
def test_even_unescaped_nothing_is_fetched(
    vector: str,
    secret: Path,
    calls: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        engine, "_local", threading.local()
    )  # a font of the page would stay with the engine
    page = f"<html lang=en><head><title>x</title></head><body>{vector.format(file=secret)}</body></html>"
    done = render_html(page, {})
    assert (
        calls == []
        and SECRET.encode() not in done.content
        and SECRET not in by_library(done.content)
    )
    assert b"/EmbeddedFile" not in done.content
