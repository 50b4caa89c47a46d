"""Makes Thai in a PDF searchable and copyable.

WeasyPrint names a glyph after the first cluster it stands in: «จำกัด» comes out as «จากัด», or
every «า» as «ำ». Here each glyph is named after its own character, and marks are drawn in the order
they are written in. Two names of WeasyPrint 70 are replaced, once per process;
`tests/documents/test_textlayer.py` fails if they move.
"""

import re
import unicodedata
from functools import lru_cache
from io import BytesIO
from typing import Any

import weasyprint.draw.text as drawing
import weasyprint.pdf.stream as streams
from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, pango

from documents.render.syllables import NIKHAHIT, TONES, with_spans

# What is drawn above, below or, for ำ, beside a consonant.
MARKS = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")
_draw_first_line = drawing.draw_first_line


@lru_cache(maxsize=16)
def characters(font: bytes) -> dict[int, str]:
    """Glyph number to text: from the character map, and for variants («ญ» without its foot) from
    the glyph's name.
    """
    face = TTFont(BytesIO(font), lazy=True)
    texts = {number: toUnicode(name) for number, name in enumerate(face.getGlyphOrder())}
    texts |= {face.getGlyphID(name): chr(code) for code, name in face.getBestCmap().items()}
    return {number: _spelled(text) for number, text in texts.items() if text}


def _spelled(text: str) -> str:
    """A ligature's own code point («ﬁ») is found by nobody who types its letters."""
    return unicodedata.normalize("NFKC", text) if "\ufb00" <= text <= "\ufb06" else text


class GlyphTexts(dict[int, str]):
    """Keeps the glyph's own text whatever cluster it is met in; the keys are also the glyphs to
    embed.
    """

    def __init__(self, glyph_texts: dict[int, str]) -> None:
        super().__init__()
        self.glyph_texts = glyph_texts

    def __setitem__(
        self,
        glyph: int,
        text: str,
    ) -> None:
        super().__setitem__(
            glyph,
            self.glyph_texts.get(glyph) or text or "\ufffd",
        )


class NamedFont(Font):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.to_unicode = GlyphTexts(characters(self.file_content))


def draw_first_line(stream: Any, textbox: Any, *args: Any) -> Any:
    """Lines without Thai marks are drawn as ever."""
    if not MARKS.search(textbox.text):
        return _draw_first_line(stream, textbox, *args)
    in_written_order(stream, textbox)
    start = len(stream.stream)
    font = (stream._current_font or ("",))[0]
    emojis = _draw_first_line(stream, textbox, *args)
    texts = {each.hash: each.to_unicode.glyph_texts for each in stream._fonts.values()}
    stream.stream[start:] = with_spans(stream.stream[start:], font, texts)
    return emojis


def in_written_order(stream: Any, textbox: Any) -> None:
    """«ำ» is shaped into two glyphs with a tone mark behind the first of them: น ํ ้ า.

    The two marks change places; both have no width, so nothing moves on the page.
    """
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    run = textbox.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        glyph_texts = stream.add_font(run.data.item.analysis.font)[0].to_unicode.glyph_texts
        glyphs = run.data.glyphs.glyphs
        for first in range(run.data.glyphs.num_glyphs - 1):
            if (
                glyph_texts.get(glyphs[first].glyph) == NIKHAHIT
                and glyph_texts.get(glyphs[first + 1].glyph) in TONES
            ):
                _swap(glyphs[first], glyphs[first + 1])
        run = run.next


def _swap(one: Any, two: Any) -> None:
    one.glyph, two.glyph = two.glyph, one.glyph
    for field in ("width", "x_offset", "y_offset"):
        kept = getattr(one.geometry, field)
        setattr(one.geometry, field, getattr(two.geometry, field))
        setattr(two.geometry, field, kept)


def install() -> None:
    """Safe to call again."""
    streams.Font = NamedFont
    drawing.draw_first_line = draw_first_line
