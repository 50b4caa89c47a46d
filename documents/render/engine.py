"""The PDF engine, kept warm: one font configuration and one parsed stylesheet per thread that
renders.

Measured on a dense A4 page: 143 ms with both kept, 190 ms made anew; and memory stays flat instead
of doubling. Neither may be shared between threads. WeasyPrint is imported here at the first paper:
it costs a second and 59 MB, which a web process that renders nothing need not pay.
"""

import gc
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from documents.render.fonts import only_ours

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from documents.pictures import Picture

STYLE = Path(__file__).with_name("paper.css")
VARIANT = "pdf/a-3u"
MISSING = (
    "PDF needs the system library Pango, which is not installed. On Debian or Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
_local = threading.local()


class EngineMissing(Exception):
    """A system library that the PDF engine needs is not there; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF. `refused` are the addresses it asked for in vain: none, unless a template has
    a hole.
    """

    content: bytes
    pages: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    font_config: "FontConfiguration"
    style: "CSS"


def engine() -> Engine:
    """This thread's engine, made at its first use."""
    if not hasattr(_local, "engine"):
        _local.engine = _start()
    kept: Engine = _local.engine
    return kept


def render_html(html: str, pictures: Mapping[str, "Picture"]) -> Rendered:
    """PDF/A-3u from a finished page of HTML, with no way to the network or the disk."""
    kept = engine()
    from weasyprint import HTML

    from documents.render.fetcher import LetterheadFetcher

    fetcher = LetterheadFetcher(pictures)
    page = HTML(string=html, url_fetcher=fetcher)
    with _uncollected():
        paper = page.render(
            font_config=kept.font_config,
            stylesheets=[kept.style],
            pdf_variant=VARIANT,
        )
        content = paper.write_pdf(pdf_variant=VARIANT)
    return Rendered(content, len(paper.pages), tuple(fetcher.refused))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Layout makes a hundred thousand objects that all live to its end: looking for garbage in
    between costs 5 %.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _start() -> Engine:
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise EngineMissing(MISSING) from error
    from documents.render import textlayer
    from documents.render.fetcher import LetterheadFetcher

    textlayer.install()
    with only_ours():
        fonts = FontConfiguration()
    style = CSS(
        string=STYLE.read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=LetterheadFetcher({}),
    )
    return Engine(fonts, style)
