"""Latin words on a page that is written in another script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "svg", "code"})
SPOKEN = frozenset({"aria-label", "placeholder", "title", "alt", "data-confirm", "content"})
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
# What is written in Latin letters in every language: codes, addresses, numbers of papers and cars.
CODE = re.compile(
    r"""[\w.+-]+@[\w.-]+ | https?://\S+ | /[\w/.-]+ | \b[A-Z]{2,5}-[\w-]+ | \b\w*\d\w*\b
    | [@#][\w-]+ | \.[a-z]{2,4}\b""",
    re.VERBOSE,
)
VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "col", "use", "source", "wbr"})


class Texts(HTMLParser):
    """The texts of a page that people read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._silent or tag in SILENT or ("lang" in values and tag != "html"):
            self._silent += tag not in VOID
            return
        named = SPOKEN - ({"content"} if tag == "meta" else set())
        self.texts += [value for name, value in values.items() if name in named and value]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.texts.append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag not in VOID:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data)


def latin_words(html: str, allowed: frozenset[str]) -> dict[str, str]:
    """Each Latin word that is not allowed, with the text it stands in."""
    page = Texts()
    page.feed(html)
    words: dict[str, str] = {}
    for text in page.texts:
        for word in WORD.findall(CODE.sub(" ", text)):
            if word not in allowed:
                words.setdefault(word, " ".join(text.split())[:120])
    return words
