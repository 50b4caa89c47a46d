"""Every kind of paper in every language: whole, stable, and saying what it should."""

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from documents.kinds import KINDS, LANGUAGES
from documents.kinds.codec import BadContext, from_json, to_json
from documents.render.paper import html, render
from tests.documents.papers import MakePaper
from tests.documents.reading import by_library, plain

GOLDEN = Path(__file__).with_name("golden")
every_paper = pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, each) for kind in KINDS for each in LANGUAGES],
)


class Words(HTMLParser):
    """The visible text, a line per block."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden = tag == "style"
        if tag in (
            "tr",
            "p",
            "h1",
            "h2",
            "li",
            "br",
            "td",
            "th",
            "table",
            "div",
        ):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.lines[-1] += "" if self.hidden else data


def lines_of(text: str) -> list[str]:
    words = Words()
    words.feed(text)
    return [" ".join(line.split()) for line in words.lines if line.strip()]


@every_paper
def test_paper_says_what_the_golden_file_says(
    make_paper: MakePaper, kind: str, language: str
) -> None:
    """`UPDATE_GOLDEN=1` writes the files anew; read the difference before committing it."""
    text = "\n".join(lines_of(html(make_paper(kind, language)))) + "\n"
    file = GOLDEN / f"{kind}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ru", "th"])
def test_every_line_of_it_is_in_the_pdf(make_paper: MakePaper, kind: str, language: str) -> None:
    paper = make_paper(kind, language)
    done = render(paper)
    text = plain(by_library(done.content))
    assert [
        line
        for line in lines_of(html(paper))[1:]
        if not all(plain(word) in text for word in line.split())
    ] == []
    assert done.refused == () and done.pages <= 2


@every_paper
def test_the_context_comes_back_from_json(kind: str, language: str) -> None:
    context = KINDS[kind].sample(language)
    assert from_json(KINDS[kind].context, to_json(context)) == context


@pytest.mark.parametrize("kind", KINDS)
def test_labels_exist_in_every_language(kind: str) -> None:
    gaps = [key for key, texts in KINDS[kind].labels.items() if len(texts) != len(LANGUAGES)]
    assert gaps == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_or_missing_key_is_refused(kind: str) -> None:
    data = to_json(KINDS[kind].sample("ru"))
    with pytest.raises(BadContext, match="unknown"):
        from_json(KINDS[kind].context, data | {"margin": "1.00"})
    with pytest.raises(BadContext):
        from_json(KINDS[kind].context, {})


@pytest.mark.parametrize("value", [("x",) * 301, "x" * 4001, 1.5, b"x", object()])
def test_what_a_paper_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(BadContext):
        to_json(value)
