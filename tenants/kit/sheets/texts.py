"""Rows of a text table: what Excel copies, and csv files. A quote that is never closed is a sign
like any other, so that it swallows no rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from tenants.kit.sheets.cells import WIDEST
from tenants.kit.sheets.refusals import Refused

LONGEST_LINE = 1_000_000
LINES_OF_A_CELL = 20  # a cell with more line ends than these is a quote that was left open
NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)

TextRow = tuple[int, list[str]]
csv.field_size_limit(LONGEST_LINE)


def rows(source: Iterable[str], separator: str) -> Iterator[TextRow]:
    """Numbered rows that are not empty. Raises Refused."""
    lines = iter(source)
    number = 0
    waiting: list[str] = []
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        first = number = number + 1
        if len(line) > LONGEST_LINE:
            raise Refused("not_a_table")
        if "\x00" in line:
            raise Refused("nul")
        if first == 1 and NAMED_SEPARATOR.fullmatch(line.strip()):
            continue
        if line.count('"') % 2:
            waiting.extend(islice(lines, LINES_OF_A_CELL - len(waiting)))
            taken = _lines_of_cell(line, waiting, separator)
            line += "".join(waiting[:taken])
            number += taken
            del waiting[:taken]
        row = _cells(line, separator)
        if len(row) > WIDEST:
            if any(cell.strip() for cell in row[WIDEST:]):
                raise Refused("too_wide")
            row = row[:WIDEST]
        if any(map(str.strip, row)):
            yield first, row


def _lines_of_cell(line: str, following: list[str], separator: str) -> int:
    """How many of the following lines belong to a cell that is open at the end of this line."""
    opened = line.rpartition('"')[2]
    if separator in opened:
        return 0
    for place, more in enumerate(following, start=1):
        inside, quote, _rest = more.partition('"')
        if separator in inside:
            return 0
        if quote:
            return place if more.count('"') % 2 else 0
    return 0


def _cells(line: str, separator: str) -> list[str]:
    text = line.rstrip("\r\n")
    quotes = text.count('"')
    if quotes == 0 or quotes % 2:
        return text.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return text.split(separator)  # quotes inside a cell, as in 5" × 5", mean themselves


def separator_of(start: str) -> str:
    """The sign named by a first line "sep=;", else the one that most of the first lines have."""
    lines = [line for line in start.splitlines() if line.strip()][:20]
    if not lines:
        return "\t"
    named = NAMED_SEPARATOR.fullmatch(lines[0].strip())
    if named:
        return named[1]
    if any("\t" in line for line in lines):
        return "\t"
    widest = max(lines, key=lambda line: max(map(line.count, ";,")))
    return max(";,", key=widest.count) if any(map(widest.count, ";,")) else "\t"
