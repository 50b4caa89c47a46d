"""From the text of a paste to its lines, and from a line's cells to values or errors. No database
here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import StringIO

from commission.cargo.imports import cells
from commission.cargo.imports.cells import FIELDS, Unreadable

csv.field_size_limit(1_000_000)
HEADINGS = frozenset(
    [
        "วันที่นำเข้า",
        "วันที่",
        "วันที่รับสินค้า",
        "รหัสลูกค้า",
        "เลขพัสดุ",
        "ประเภทสินค้า",
        "ประเภทขนส่ง",
        "น้ำหนัก",
        "น้ำหนัก (กก.)",
        "ปริมาตร",
        "ปริมาตร (cbm)",
        "ราคาขาย",
        "โหมดต้นทุน",
        "ต้นทุน",
        "date",
        "date received",
        "received",
        "received on",
        "received_on",
        "customer",
        "customer code",
        "customer_code",
        "tracking",
        "tracking number",
        "tracking_number",
        "goods",
        "goods type",
        "goods_type",
        "transport",
        "weight",
        "weight_kg",
        "weight, kg",
        "weight (kg)",
        "volume",
        "volume_cbm",
        "volume (cbm)",
        "cbm",
        "price",
        "selling price",
        "cost mode",
        "cost_mode",
        "cost",
        "дата",
        "код клиента",
        "трек-номер",
    ]
)
WIDEST = 100  # cells of a line; a paste wider than this is not what was asked for


class NotATable(Exception):
    """The text cannot be read as rows at all; the argument is a code of words.ERRORS."""


@dataclass(frozen=True, slots=True)
class Line:
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
    ) -> None:
        amount = partial(cells.number, whole=10, places=2)
        measure = partial(cells.number, whole=7, places=9)
        self._readers: tuple[Callable[[str], str], ...] = (
            self._day,
            partial(cells.code, longest=30),
            partial(cells.code, longest=60),
            partial(
                cells.word,
                codes=cells.KINDS if kinds is None else kinds,
            ),
            partial(cells.word, codes=cells.TRANSPORTS),
            measure,
            measure,
            amount,
            partial(cells.word, codes=cells.MODES),
        )
        self._amount = amount
        self._closed = {f"{month:%Y-%m}" for month in locked}

    def read(self, number: int, row: list[str]) -> Line:
        """Values and errors of one row."""
        raw = [cells.clean(cell) for cell in row]
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
        values = []
        errors = []
        for name, reader, cell in zip(FIELDS[:-1], self._readers, padded[:-1], strict=True):
            try:
                values.append(reader(cell))
            except Unreadable as problem:
                values.append("")
                errors.append(f"{name}:{problem}")
        values.append(self._cost(values[8], padded[8], padded[9], errors))
        return Line(number, raw, values, errors)

    def _day(self, text: str) -> str:
        day = cells.day(text)
        if self._closed and day[:7] in self._closed:
            raise Unreadable("locked_month")
        return day

    def _cost(self, mode: str, mode_cell: str, cell: str, errors: list[str]) -> str:
        """Needed in mode MANUAL alone; a cost without any mode would be lost, so it is asked about."""
        if mode == "AUTO" and cell and not mode_cell:
            errors.append("cost_mode:mode_missing")
        if mode != "MANUAL":
            return ""
        try:
            return self._amount(cell)
        except Unreadable as problem:
            errors.append(f"cost:{problem}")
            return ""


def table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a paste or a csv file, numbered as the reader sees them. Raises NotATable."""
    return rows(
        StringIO(text.removeprefix("\ufeff"), newline=""),
        separator(text[:20_000]),
    )


def rows(source: Iterable[str], mark: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty. Raises NotATable."""
    reader = csv.reader(_without_nul(source), delimiter=mark)
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > WIDEST:
                raise NotATable("too_wide")
            if any(row) and any(cell.strip(cells.EDGES) for cell in row):
                yield number, row
    except csv.Error as problem:
        raise NotATable("not_a_table") from problem


def separator(start: str) -> str:
    """Excel copies tabs; csv files have semicolons or commas."""
    first = next((line for line in start.splitlines() if line.strip()), "")
    return (
        "\t"
        if "\t" in first
        else max(";,", key=first.count)
        if ";" in first or "," in first
        else "\t"
    )


def is_heading(row: list[str]) -> bool:
    """At least three of the known headings, or the first column's own."""
    texts = [cells.clean(cell).lower() for cell in row]
    return texts[0] in HEADINGS or sum(text in HEADINGS for text in texts) >= 3


def _without_nul(source: Iterable[str]) -> Iterator[str]:
    for line in source:
        if "\x00" in line:
            raise NotATable("nul")
        yield line
