"""A pasted or uploaded table as rows of a company's fields, told by the headings."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from companies.forms import NewCompanyForm
from tenants.kit.edge import text as texts
from tenants.kit.sheets.reader import MustChoose, opened
from tenants.kit.sheets.refusals import Refused
from tenants.kit.sheets.words import refusal_words

MOST_ROWS = 500
MOST_BYTES = 5 * 1024 * 1024
SECONDS = 10
ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
DELIMITERS = "\t;,"
# What other programs call the fields, beside the labels of the form in every language.
SYNONYMS = {
    "name": "название|наименование|компания|организация|name|company|company name|ชื่อ|บริษัท|аталышы",
    "full_name": "полное наименование|юридическое название|legal name|ชื่อเต็ม",
    "kind": "вид|тип|kind|type|ประเภท",
    "inn": "инн|пин|бин|tax id|tax number|inn|เลขประจำตัวผู้เสียภาษี|เลขผู้เสียภาษี",
    "okpo": "окпо|okpo",
    "country": "страна|country|ประเทศ",
    "address": "адрес|юр. адрес|address|ที่อยู่",
    "phone": "телефон|тел|тел.|phone|โทร|โทรศัพท์|เบอร์โทร",
    "email": "почта|e-mail|email|эл. почта|อีเมล",
    "contact_person": "контакт|контактное лицо|contact|ผู้ติดต่อ",
    "director": "директор|руководитель|director|กรรมการ",
    "bank": "банк|bank|ธนาคาร",
    "account": "счёт|счет|расчётный счёт|р/с|account|เลขที่บัญชี",
    "bik": "бик|bik|bic|swift",
    "note": "примечание|комментарий|note|หมายเหตุ",
}


NumberedRow = tuple[int, list[str]]


class NotATable(Exception):
    """The text or file cannot be read as companies; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in the table and its cells by the names of the fields."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`unread` are headings that name no field of a company."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]


def text_of_file(name: str, file: IO[bytes]) -> str:
    """The file as text with tabs, as if it had been pasted. Raises NotATable."""
    if not name.lower().endswith(ENDINGS):
        raise NotATable(refusal_words()["file_kind"])
    try:
        with opened(file, name=name, seconds=SECONDS) as table:
            rows = [cells for _number, cells in _bounded(table.rows, MOST_ROWS + 1)]
    except Refused as refusal:
        raise NotATable(refusal_words().get(refusal.code, refusal.code)) from refusal
    except MustChoose as question:
        names = ", ".join(name for name, _sample in question.choices)
        raise NotATable(f"{refusal_words()[question.kind]} ({names})") from question
    return "\n".join("\t".join(texts.one_line(cell) for cell in row) for row in rows)


def read(text: str) -> Table:
    """The rows below the first line, which names the columns. Raises NotATable."""
    if len(text.encode()) > MOST_BYTES or "\x00" in text:
        raise NotATable(refusal_words()["not_a_table"])
    rows = [row for row in _rows(text) if any(cell.strip() for cell in row[1])]
    if not rows:
        raise NotATable(refusal_words()["empty"])
    _number, heading = rows[0]
    fields = [_field(cell) for cell in heading]
    _check_heading(heading, fields)
    lines = [_line(number, cells, fields) for number, cells in _bounded(rows[1:], MOST_ROWS)]
    if not lines:
        raise NotATable(refusal_words()["empty"])
    unread = [cell for cell, field in zip(heading, fields, strict=True) if cell and not field]
    return Table(tuple(lines), tuple(unread))


def _bounded(rows: Iterable[NumberedRow], most: int) -> Iterable[NumberedRow]:
    """Raises NotATable beyond so many rows."""
    for count, row in enumerate(rows):
        if count == most:
            raise NotATable(
                _("At most %(most)s companies at once. Divide the table.") % {"most": MOST_ROWS}
            )
        yield row


def _rows(text: str) -> list[NumberedRow]:
    """The rows with their numbers, split by the mark that divides the first line."""
    first = text.lstrip().partition("\n")[0]
    counts = {delimiter: first.count(delimiter) for delimiter in DELIMITERS}
    delimiter = max(counts, key=lambda one: counts[one])
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as problem:
        raise NotATable(refusal_words()["not_a_table"]) from problem


def _check_heading(heading: Sequence[str], fields: Sequence[str]) -> None:
    """Raises NotATable without a name, or where two columns mean the same."""
    if "name" not in fields:
        raise NotATable(
            _("The first row must name the columns, and one of them is the company's name.")
        )
    twice = [field for field, count in Counter(fields).items() if field and count > 1]
    if twice:
        named = [cell for cell, field in zip(heading, fields, strict=True) if field == twice[0]]
        raise NotATable(_("Two columns mean the same: %(names)s.") % {"names": ", ".join(named)})


def _line(number: int, cells: list[str], fields: list[str]) -> Line:
    """The cells of a row by the names of the fields."""
    named = zip(fields, cells, strict=False)
    return Line(number, {field: cell for field, cell in named if field})


def _field(heading: str) -> str:
    """The field that a heading means; empty for an unknown one."""
    return _headings().get(_plain(heading), "")


def _plain(heading: str) -> str:
    """A heading as it is compared: small letters, single blanks, no marks around."""
    return " ".join(texts.one_line(heading).casefold().split()).strip(" :*.")


@cache
def _headings() -> dict[str, str]:
    """The words of every heading: labels of the form in each language, and what others say."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, field in NewCompanyForm().fields.items():
                words[_plain(str(field.label))] = name
    for name, synonyms in SYNONYMS.items():
        words |= dict.fromkeys(map(_plain, synonyms.split("|")), name)
    return words
