"""From the text of a paste to its lines, and from a line's cells to values or errors. No database
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from io import StringIO
from typing import NamedTuple

from commission.cargo.imports import cells
from commission.cargo.imports.cells import FIELDS, Unreadable
from tenants.kit.sheets import texts
from tenants.kit.sheets.cells import WIDEST
from tenants.kit.sheets.refusals import Refused


class NotATable(Exception):
    """The text cannot be read as rows at all; the argument is a code of words.ERRORS.

    `reason` also names the cell that is meant.
    """

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.reason = f"{code} {place}".strip()


class Line(NamedTuple):
    """One row of the paste. `values` in the order of FIELDS; "" where a cell could not be read or
    is not needed.
    """

    number: int
    raw: list[str]
    values: list[str]
    errors: list[str]


class Reader:
    """Knows the shop's own words: goods types and closed months."""

    def __init__(
        self,
        kinds: dict[str, str] | None = None,
        locked: frozenset[date] = frozenset(),
        transports: dict[str, str] | None = None,
    ) -> None:
        amount = cells.number_reader(whole=10, places=2)
        measure = cells.number_reader(whole=7, places=9)
        self._readers: tuple[Callable[[str], str], ...] = (
            self._day,
            partial(cells.code, longest=30),
            partial(cells.code, longest=60),
            partial(
                cells.word,
                codes=cells.KINDS if kinds is None else kinds,
            ),
            partial(cells.word, codes=transports or cells.TRANSPORTS),
            measure,
            measure,
            amount,
            partial(cells.word, codes=cells.MODES),
        )
        self._amount = amount
        self._closed = {f"{month:%Y-%m}" for month in locked}

    def read(self, number: int, row: list[str]) -> Line:
        """Values and errors of one row."""
        raw = cells.clean_all(row)
        while raw and not raw[-1]:
            raw.pop()
        if len(raw) > len(FIELDS):
            return Line(
                number,
                raw[:WIDEST],
                [""] * len(FIELDS),
                [":too_many_columns"],
            )
        padded = raw + [""] * (len(FIELDS) - len(raw))
        errors: list[str] = []
        try:
            values = [
                reader(cell)
                for reader, cell in zip(self._readers, padded, strict=False)  # all but the cost
            ]
        except Unreadable:
            values, errors = self._each(padded)
        values.append(self._cost(values[8], padded[8], padded[9], errors))
        return Line(number, raw, values, errors)

    def _each(self, row: list[str]) -> tuple[list[str], list[str]]:
        """Values and errors of a row in which something cannot be read."""
        values = []
        errors = []
        for name, reader, cell in zip(FIELDS, self._readers, row, strict=False):
            try:
                values.append(reader(cell))
            except Unreadable as problem:
                values.append("")
                errors.append(f"{name}:{problem}")
        return values, errors

    def _day(
        self,
        text: str,
    ) -> str:
        day = cells.day(text)
        if self._closed and day[:7] in self._closed:
            raise Unreadable("locked_month")
        return day

    def _cost(self, mode: str, mode_cell: str, cell: str, errors: list[str]) -> str:
        """Needed in mode MANUAL alone; a cost without any mode would be lost, so it is asked about.
        Beside AUTO it is kept, so that the preview says where it differs from the computed one.
        """
        if mode == "AUTO" and cell and not mode_cell:
            errors.append("cost_mode:mode_missing")
        if mode != "MANUAL" and not cell:
            return ""
        try:
            return self._amount(cell)
        except Unreadable as problem:
            errors.append(f"cost:{problem}")
            return ""


def table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a paste, numbered as the reader sees them. Raises NotATable."""
    source = StringIO(text.removeprefix("\ufeff"), newline="")
    return refused_in_words(texts.rows(source, texts.separator_of(text[:20_000])))


def refused_in_words(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a reader of the kit. Raises NotATable."""
    try:
        yield from rows
    except Refused as refused:
        raise NotATable(refused.code, refused.place) from refused
