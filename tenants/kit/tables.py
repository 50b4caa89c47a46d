"""A table as a file: xlsx or csv. A cell that a spreadsheet would run as a formula is made text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tenants.kit import formats

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[object]]


def table(*, name: str, headings: Sequence[str], rows: Rows, kind: str) -> HttpResponse:
    """The answer that downloads it; `kind` is csv, anything else is xlsx."""
    if kind == "csv":
        answer = HttpResponse(
            as_csv(headings, rows),
            content_type="text/csv; charset=utf-8",
        )
    else:
        kind = "xlsx"
        answer = HttpResponse(as_xlsx(headings, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def harmless(value: object) -> object:
    """Text that begins like a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_csv(headings: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a mark, semicolons: Excel opens it by a double click."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_text(harmless(value)) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _text(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date) and formats.counts_buddhist():
        return formats.slashed(value)
    return "" if value is None else value


def as_xlsx(headings: Sequence[str], rows: Rows) -> bytes:
    out = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True})
    day = (
        "dd/mm/bbbb" if formats.counts_buddhist() else "dd.mm.yyyy"
    )  # the cell keeps the date itself, whatever it shows
    looks = {
        "day": book.add_format({"num_format": day}),
        "sum": book.add_format({"num_format": "#,##0.00"}),
    }
    sheet.write_row(0, 0, headings, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _cell(sheet, number, place, harmless(value), looks)
    book.close()
    return out.getvalue()


def _cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    looks: dict[str, Format],
) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(
            row,
            column,
            timezone.localtime(value).replace(tzinfo=None),
            looks["day"],
        )
    elif isinstance(value, date):
        sheet.write_datetime(
            row,
            column,
            datetime(value.year, value.month, value.day),  # noqa: DTZ001
            looks["day"],
        )
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, float(value), looks["sum"])
    else:
        sheet.write_string(row, column, "" if value is None else str(value))
