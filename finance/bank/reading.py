"""The one pure function of this room: the bytes of a file become statements."""

from __future__ import annotations

import io
from collections.abc import Iterator

from finance.bank import headings, mt940, one_c, tables, texts
from finance.bank.statement import MOST_LINES, Note, Reading, Statement, Unreadable
from finance.bank.tables import HeadingIsUnclear, NumberedRow, Wish
from tenants.kit.sheets import texts as text_tables
from tenants.kit.sheets.cells import SheetRows
from tenants.kit.sheets.refusals import Refused
from tenants.kit.sheets.workbook import Workbook

ZIP = b"PK"
COMPOUND = b"\xd0\xcf\x11\xe0"
OTHER_KINDS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
NOBODY_ELSE = Wish()


def read(data: bytes, wish: Wish = NOBODY_ELSE) -> Reading:
    """The statements of a file. Raises Unreadable, HeadingIsUnclear."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    if data.startswith(COMPOUND):
        raise Unreadable("old_format")
    if data.startswith(OTHER_KINDS) or data.lstrip()[:1] == b"<":
        raise Unreadable("not_a_statement")
    try:
        if one_c.is_mine(data):
            return Reading("1c", *one_c.read(data))
        if mt940.is_mine(data):
            return Reading("mt940", *mt940.read(data))
        if data.startswith(ZIP):
            return Reading("xlsx", "", tuple(_of_workbook(data, wish)))
        return _of_text(data, wish)
    except Refused as refused:
        raise Unreadable(refused.code, refused.place) from refused


def _of_workbook(data: bytes, wish: Wish) -> list[Statement]:
    """Each sheet with a heading is a statement, or several."""
    book = Workbook(io.BytesIO(data))
    statements: list[Statement] = []
    unclear: HeadingIsUnclear | None = None
    for sheet in book.sheets:
        if sheet.is_hidden:
            continue
        rows = [(number, row) for number, row, _is_hidden in SheetRows(book, sheet)]
        try:
            statements += tables.read(rows, wish, is_exact=True) if rows else []
        except HeadingIsUnclear as question:
            unclear = unclear or question
    if sum(len(one.lines) for one in statements) > MOST_LINES:
        raise Unreadable("too_many_lines")
    if statements:
        return statements
    if unclear:
        raise unclear
    raise Unreadable("empty")


def _of_text(data: bytes, wish: Wish) -> Reading:
    """A csv file: the encoding is the one in which the heading can be read."""
    unclear: HeadingIsUnclear | None = None
    for encoding in texts.likely(data):
        try:
            text, is_sign_whole = texts.decoded(data, encoding)
        except UnicodeError:
            continue
        rows = list(_rows(text))
        is_cut = not is_sign_whole or _breaks_off(text, rows)
        whole_rows = rows[:-1] if is_cut else rows
        try:
            statements = tables.read(whole_rows, wish)
        except HeadingIsUnclear as question:
            texts.refuse_spoilt(text)
            unclear = unclear or question
            continue
        notes = [Note("letters_lost")] if texts.is_lossy(text) else []
        ended = tuple(_ended(one, notes, is_cut=is_cut) for one in statements)
        return Reading("csv", encoding, ended)
    if unclear is None:
        raise Unreadable("mixed_encodings")
    if texts.is_lossy("".join(unclear.heading)):
        raise Unreadable("wrong_encoding")
    raise unclear


def _ended(statement: Statement, notes: list[Note], *, is_cut: bool) -> Statement:
    """The statement, said to be cut where the file breaks off."""
    if is_cut:
        return tables.cut_off(statement, notes)
    return tables.noted(statement, notes) if notes else statement


def _rows(
    text: str,
) -> Iterator[NumberedRow]:
    """Numbered rows of a csv."""
    separator = text_tables.separator_of(text[:20_000])
    return text_tables.rows(io.StringIO(text, newline=None), separator)


def _breaks_off(
    text: str,
    rows: list[NumberedRow],
) -> bool:
    """A last line without its end that has an open quote, or fewer cells than the others."""
    if text.endswith(("\n", "\r")) or len(rows) < 2:
        return False
    if text.splitlines()[-1].count('"') % 2:
        return True
    _number, last = rows[-1]
    if any(tables.TOTALS.match(cell.strip()) for cell in last):
        return False
    heading = _heading_of(rows)
    widths = [len(row) for _number, row in rows[:-1]]
    usual = len(heading) or max(set(widths), key=widths.count)
    return len(last) < usual


def _heading_of(rows: list[NumberedRow]) -> list[str]:
    for _number, row in rows:
        if headings.is_enough(headings.columns(row, {})):
            return row
    return []
