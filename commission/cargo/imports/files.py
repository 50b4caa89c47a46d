"""Reading files: .xlsx and .csv as rows of text, without ever holding a large one as cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from commission.cargo.imports.lines import (
    WIDEST,
    NotATable,
    rows,
    separator,
)

XLSX_AT_ONCE = 8 * 1024 * 1024  # larger workbooks are streamed: slower, but in constant memory
UNPACKED = 1024**3
Cells = Iterable[Iterable[object]]  # a sheet as its library reads it


def of_file(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows. Raises NotATable."""
    if name.lower().endswith(".csv") or name.lower().endswith((".tsv", ".txt")):
        return _csv(content)
    if name.lower().endswith(".xlsx"):
        return _xlsx(content)
    raise NotATable("file_kind")


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """UTF-8, with or without a mark; else the code page of Thai Windows."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        start = content[:20_000].decode(encoding, errors="ignore")
        _check(content, encoding)
    except UnicodeDecodeError:
        encoding = "cp874"
        start = content[:20_000].decode(encoding, errors="replace")
    source = io.TextIOWrapper(
        io.BytesIO(content),
        encoding=encoding,
        errors="replace",
        newline="",
    )
    return rows(source, separator(start))


def _check(content: bytes, encoding: str) -> None:
    """Decode in pieces: a hundred megabytes need no second copy."""
    reader = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    while reader.read(1 << 20):
        pass


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise NotATable("too_big")
        cells = _at_once(content) if len(content) <= XLSX_AT_ONCE else _streamed(content)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        ValueError,
    ) as problem:
        raise NotATable("not_a_table") from problem
    return _numbered(cells)


def _at_once(content: bytes) -> Cells:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return (
            CalamineWorkbook.from_filelike(io.BytesIO(content))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )
    except CalamineError as problem:
        raise NotATable("not_a_table") from problem


def _streamed(content: bytes) -> Cells:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows_of_sheet: Cells = book.worksheets[0].iter_rows(values_only=True)
    return rows_of_sheet


def _numbered(cells: Cells) -> Iterator[tuple[int, list[str]]]:
    for number, values in enumerate(cells, start=1):
        row = [_text(value) for value in values]
        if len(row) > WIDEST and any(row[WIDEST:]):
            raise NotATable("too_wide")
        if any(row):
            yield number, row[:WIDEST]


def _text(value: object) -> str:
    """A cell as it would be pasted. Excel keeps whole numbers as fractions and fractions as
    doubles.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time | timedelta):
        return str(value)
    text = str(value)
    return text.replace("\x00", "")
