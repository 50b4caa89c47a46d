"""A QR code as a drawing for pages: the dark squares as one path of an SVG."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # white squares around, as readers need


@dataclass(frozen=True, slots=True)
class QrCode:
    """`side` is the width of the drawing in squares, `path` the dark ones."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    """Medium correction, which a cracked screen and a bad light need."""
    rows = segno.make(text, error="m", micro=False).matrix
    squares = [
        f"M{column + QUIET} {line + QUIET}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, is_dark in enumerate(row)
        if is_dark
    ]
    return QrCode(len(rows) + 2 * QUIET, "".join(squares))
