"""Reads the squares of a QR code back from where it is drawn: a picture of a page, or a path of an
SVG. What the squares say is compared with the code of the text that should stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

import segno
from PIL.Image import Image, Transpose

FINDER = 7  # squares of the mark in a corner: dark 1, light 1, dark 3, light 1, dark 1
MARK = (1, 1, 3, 1, 1)
DARK = 128
SQUARE = re.compile(r"M(\d+) (\d+)h1v1h-1z")
Squares = list[list[bool]]


def squares_of(text: str) -> Squares:
    """The code of a text, as the product draws it."""
    return [[bool(one) for one in row] for row in segno.make(text, error="m", micro=False).matrix]


def squares_in_path(path: str, *, side: int, quiet: int) -> Squares:
    """The dark squares that an SVG's path names, without the white around them."""
    dark = {(int(row) - quiet, int(column) - quiet) for column, row in SQUARE.findall(path)}
    inner = range(side - 2 * quiet)
    return [[(row, column) in dark for column in inner] for row in inner]


def squares_in_picture(picture: Image, side: int) -> Squares:
    """The code of `side` squares on a page in grey, found by the marks in its corners."""
    corners = _corners(picture)
    left, top = min(corners, key=sum)
    right = max(x for x, y in corners if abs(y - top) < FINDER)
    square = (right - left) / (side - FINDER)
    first_x, first_y = left - 3 * square, top - 3 * square
    return [
        [
            _is_dark(picture, first_x + column * square, first_y + row * square)
            for column in range(side)
        ]
        for row in range(side)
    ]


def _corners(picture: Image) -> list[tuple[float, float]]:
    """The middles of marks: what looks like one along a row and along a column."""
    columns = {}
    for y, x, width in _marks(picture.transpose(Transpose.TRANSPOSE)):
        columns.setdefault(x, []).append((y, width))
    return [
        (x, middle)
        for x, y, width in _marks(picture)
        for middle, height in columns.get(round(x), ())
        if abs(middle - y) <= 1 and abs(height - width) <= width / FINDER
    ]


def _marks(picture: Image) -> Iterator[tuple[float, int, int]]:
    """Middle, row and width of every run of pixels that crosses a mark of a corner."""
    pixels = picture.tobytes()
    for y in range(picture.height):
        line = pixels[y * picture.width : (y + 1) * picture.width]
        runs = [(level, len(list(run))) for level, run in groupby(line, key=DARK.__gt__)]
        ends = list(accumulate(length for _level, length in runs))
        for first in range(len(runs) - len(MARK) + 1):
            lengths = [length for _level, length in runs[first : first + len(MARK)]]
            if runs[first][0] and _is_mark(lengths):
                width = sum(lengths)
                yield ends[first + len(MARK) - 1] - width / 2, y, width


def _is_mark(lengths: list[int]) -> bool:
    unit = sum(lengths) / FINDER
    if unit < 2:
        return False
    return all(
        abs(length - part * unit) <= unit / 2 for length, part in zip(lengths, MARK, strict=True)
    )


def _is_dark(picture: Image, x: float, y: float) -> bool:
    level = picture.getpixel((int(x), int(y)))
    return isinstance(level, int | float) and level < DARK
