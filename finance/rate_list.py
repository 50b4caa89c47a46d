"""A list of exchange rates: pasted or out of a file, a rate a row or a currency a column."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from tenants.kit import numbers
from tenants.kit.edge import days
from tenants.kit.edge import text as texts
from tenants.kit.money import CURRENCIES
from tenants.kit.sheets.reader import MustChoose, opened
from tenants.kit.sheets.refusals import Refused
from tenants.kit.sheets.words import refusal_words
from tenants.office.rates import Rate

MOST = 3000
SECONDS = 10
ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
DELIMITERS = "\t;,"


class NotAList(Exception):
    """The text or file holds no rates that can be read; the message names the line."""


def text_of_file(name: str, file: IO[bytes]) -> str:
    """The file as text with tabs, as if it had been pasted. Raises NotAList."""
    if not name.lower().endswith(ENDINGS):
        raise NotAList(refusal_words()["file_kind"])
    try:
        with opened(file, name=name, seconds=SECONDS) as table:
            rows = [cells for _number, cells in islice(table.rows, MOST + 2)]  # one too many tells
    except Refused as refusal:
        raise NotAList(refusal_words().get(refusal.code, refusal.code)) from refusal
    except MustChoose as question:
        raise NotAList(refusal_words()[question.kind]) from question
    return "\n".join("\t".join(texts.one_line(cell) for cell in row) for row in rows)


def read(text: str) -> list[Rate]:
    """The rates of a list. With currencies in its heading, a day a row; else day, currency, rate.
    Raises NotAList.
    """
    rows = [(number, row) for number, row in _rows(text) if any(row)]
    if not rows:
        raise NotAList(refusal_words()["empty"])
    columns = [cell.upper() for cell in rows[0][1][1:]]
    has_heading = not _is_day(rows[0][1][0])
    is_wide = has_heading and any(columns) and CURRENCIES.keys() >= {*columns} - {""}
    entered = []
    for number, row in rows[1:] if has_heading else rows:
        try:
            entered += _wide(row, columns) if is_wide else [_narrow(row)]
        except (days.NotADay, numbers.NotANumber, NotAList) as wrong:
            reason = str(wrong) or _("Enter a number.")
            text = _("Line %(number)s: %(reason)s") % {"number": number, "reason": reason}
            raise NotAList(text) from wrong
    if not entered:
        raise NotAList(refusal_words()["empty"])
    if len(entered) > MOST:
        raise NotAList(_("At most %(most)s rates at once. Divide the list.") % {"most": MOST})
    return _each_once(entered)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, split by the mark that divides the first line."""
    first = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as problem:
        raise NotAList(refusal_words()["not_a_table"]) from problem


def _is_day(cell: str) -> bool:
    """Whether a row begins with a day, and so is no heading."""
    try:
        days.read(cell, days.PAST)
    except days.NotADay:
        return False
    return True


def _wide(row: list[str], columns: list[str]) -> list[Rate]:
    """A day, and a rate under each currency; an empty cell says nothing."""
    on = days.read(row[0], days.PAST)
    cells = zip(columns, row[1:], strict=False)
    return [Rate(currency, on, _rate(cell)) for currency, cell in cells if currency and cell]


def _narrow(row: list[str]) -> Rate:
    """A day, a currency and a rate. Raises NotAList."""
    if len(row) < 3:
        raise NotAList(_("A row is a day, a currency and a rate."))
    on: date = days.read(row[0], days.PAST)
    return Rate(row[1].upper(), on, _rate(row[2]))


def _rate(cell: str) -> Decimal:
    """Raises NotANumber."""
    return Decimal(numbers.plain(cell))


def _each_once(entered: list[Rate]) -> list[Rate]:
    """Raises NotAList where a day has two different rates of a currency."""
    rates: dict[tuple[str, date], Rate] = {}
    for one in entered:
        if rates.setdefault((one.currency, one.on), one) != one:
            facts = {"currency": one.currency, "day": f"{one.on:%d.%m.%Y}"}
            raise NotAList(_("Two rates of %(currency)s for %(day)s.") % facts)
    return list(rates.values())
