"""A table as a file: xlsx or csv. A cell that a spreadsheet would run as a formula is made text.

Rows are written as they come, into a file on the disk: however many, few are held.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import xlsxwriter
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone, translation

from tenants.kit import formats
from tenants.kit.numbers import COMMA_IS_DECIMAL

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The last four are the full-width forms, which spreadsheets of East Asia run as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
HELD = 5 * 1024 * 1024  # bytes of an answer that is kept in memory; a longer one is sent in pieces
LAST_ROW = 1_048_576  # of a sheet; further rows stand on the next one
Rows = Iterable[Sequence[object]]


def table(
    *,
    name: str,
    headings: Sequence[str],
    rows: Rows,
    kind: str,
) -> HttpResponseBase:
    """The answer that downloads it; `kind` is csv, anything else is xlsx."""
    kind = "csv" if kind == "csv" else "xlsx"
    content_type = CSV if kind == "csv" else XLSX
    write = write_csv if kind == "csv" else write_xlsx
    file = TemporaryFile()  # noqa: SIM115 the answer closes it
    write(file, headings, rows)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    answer: HttpResponseBase
    if size > HELD:
        answer = FileResponse(file, content_type=content_type)
    else:
        with file:
            answer = HttpResponse(file.read(), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def harmless(value: object) -> object:
    """Text that begins like a formula gets an apostrophe in front; numbers stay numbers."""
    is_formula = isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(FORMULA)
    return f"'{value}" if is_formula else value


def separator() -> str:
    """Excel reads a csv file by the marks of its country: commas where the point is decimal."""
    language = translation.get_language() or "ru"
    if language[:2] in COMMA_IS_DECIMAL:
        return ";"
    return ","


def write_csv(file: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    """UTF-8 with a mark, all texts in quotes: Excel opens it by a double click."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator(), quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(headings)
    writer.writerows([_text(harmless(value)) for value in row] for row in rows)
    text.detach()


def _text(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date) and formats.counts_buddhist():
        return formats.slashed(value)
    return "" if value is None else value


def write_xlsx(file: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    """Row by row through a file of the library's own, so that memory stays the same."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    book = xlsxwriter.Workbook(file, options)
    # the cell keeps the date itself, whatever it shows
    day = "dd/mm/bbbb" if formats.counts_buddhist() else "dd.mm.yyyy"
    looks = {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": day}),
        "count": book.add_format({"num_format": "#,##0"}),
        "sum": book.add_format({"num_format": "#,##0.00#######"}),
    }
    sheet = None
    number = LAST_ROW
    for row in rows:
        if sheet is None or number == LAST_ROW:
            sheet = _sheet(book, headings, looks)
            number = 1
        for place, value in enumerate(row):
            _cell(sheet, number, place, harmless(value), looks)
        number += 1
    if sheet is None:
        _sheet(book, headings, looks)
    book.close()


def _sheet(
    book: xlsxwriter.Workbook,
    headings: Sequence[str],
    looks: dict[str, Format],
) -> Worksheet:
    sheet: Worksheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, looks["head"])
    return sheet


def _cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    looks: dict[str, Format],
) -> None:
    if isinstance(value, datetime):
        moment = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(row, column, moment, looks["day"])
    elif isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001
        sheet.write_datetime(row, column, midnight, looks["day"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["count"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), looks["sum"])
    else:
        sheet.write_string(row, column, "" if value is None else str(value))
