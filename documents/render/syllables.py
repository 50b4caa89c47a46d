"""Gives each Thai syllable of several glyphs its text as one piece (ActualText), in PDF drawing
operations.

Marks moved up or aside for a tall consonant look to a reader of the PDF like words or lines of
their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

NIKHAHIT = "\u0e4d"
AA = "\u0e32"
AM = "\u0e33"
TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
PIECE = re.compile(rb"<([0-9a-f]*)>|(-?[0-9.]+)")
# A longer step to the right, in thousandths of the font size, is read as a space by some readers.
STEP = 50.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A glyph with its text, a move inside an array of glyphs, or (neither) any other operation."""

    code: bytes
    text: str = ""
    move: float = 0.0
    breaks: bool = False

    @property
    def is_mark(self) -> bool:
        return bool(self.text) and unicodedata.category(self.text[0]) == "Mn"


def with_spans(
    operations: Sequence[bytes],
    font: str,
    fonts: Mapping[str, Mapping[int, str]],
) -> list[bytes]:
    """The same drawing with the syllables marked; `font` is the one in force at the start."""
    pieces = list(_pieces(operations, font, fonts))
    spans = dict(_syllables(pieces))
    ends = set(spans.values())
    done = list[bytes]()
    shown = list[bytes]()
    after_mark = False
    for at, piece in enumerate(pieces):
        if at in spans or piece.breaks:
            _flush(shown, done)
        if at in spans:
            done.append(_span(pieces[at : spans[at] + 1]))
        if piece.breaks:
            done.append(piece.code)
        else:
            shown.extend(_steps(piece, after_mark))
        after_mark = piece.is_mark or (after_mark and not piece.text)
        if at in ends:
            _flush(shown, done)
            done.append(b"EMC")
    _flush(shown, done)
    return done


def _pieces(
    operations: Sequence[bytes],
    font: str,
    fonts: Mapping[str, Mapping[int, str]],
) -> Iterator[Piece]:
    texts = fonts.get(font, {})
    for operation in operations:
        if operation.endswith(b"] TJ"):
            yield from _glyphs(operation[1:-4], texts)
            continue
        if operation.endswith(b" Tf"):
            texts = fonts.get(operation[1:].split()[0].decode(), {})
        yield Piece(operation, breaks=True)


def _glyphs(array: bytes, texts: Mapping[int, str]) -> Iterator[Piece]:
    for match in PIECE.finditer(array):
        codes = match[1] or b""
        for at in range(0, len(codes), 4):
            yield Piece(
                codes[at : at + 4],
                text=texts.get(int(codes[at : at + 4], 16), "\ufffd"),
            )
        if match[2] is not None:
            yield Piece(match[2], move=float(match[2]))


def _syllables(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """(first, last) of each letter with marks on it; moves and rises in between belong to it.

    A reader takes the place of the last glyph for the end of the text. If that is a mark set aside,
    the next syllable is taken in, or the word would seem to end there.
    """
    base = 0
    last = -1
    before = ""
    aside = False
    hangs = False
    for at, piece in enumerate(pieces):
        if not piece.text:
            aside = aside or abs(piece.move) > STEP
            continue
        if (
            piece.is_mark
            or (piece.text == AA and before == NIKHAHIT)
            or (hangs and not piece.text.isspace())
        ):
            last = at
        else:
            if last > base:
                yield base, last
            base = at
        hangs = piece.is_mark and aside
        aside = False
        before = piece.text
    if last > base:
        yield base, last


def _span(pieces: Sequence[Piece]) -> bytes:
    text = "".join(piece.text for piece in pieces).replace(NIKHAHIT + AA, AM)
    return (
        b"/Span <</ActualText <" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">>> BDC"
    )


def _steps(piece: Piece, after_mark: bool) -> Iterator[bytes]:
    """The way back from a displaced mark is gone in small steps."""
    if piece.text:
        yield b"<" + piece.code + b">"
    elif after_mark and piece.move < -STEP:
        count = int(-piece.move // STEP) + 1
        yield from [f"{piece.move / count:.4f} ".encode()] * count
    else:
        yield piece.code + b" "


def _flush(shown: list[bytes], done: list[bytes]) -> None:
    if shown:
        done.append(b"[" + b"".join(shown).replace(b"><", b"") + b"] TJ")
        shown.clear()
