"""Statements as tables: rows of a csv file or of a sheet. The heading tells the columns; what is no
movement is left out and said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from finance.bank import headings, values
from finance.bank.statement import (
    MOST_LINES,
    ZERO,
    Line,
    Note,
    Statement,
    Unreadable,
    balance_notes,
    first_and_last,
)

SEARCHED = 40  # rows in which the heading is looked for
MOST_LEFT_OUT = 200  # notes of rows that were left out
NumberedRow = tuple[int, list[str]]
TOTALS = re.compile(
    r"(?:итого|всего|итоги?|оборот|обороты|сальдо|total|totals|grand total|sum|รวม|ยอดรวม|รวมทั้งสิ้น|жалпы)\b",
    re.IGNORECASE,
)
OPENINGS = re.compile(
    r"(?:входящий|начальный|остаток на начало|сальдо на начало|opening|brought forward|"
    r"balance b/?f|balance brought|ยอดยกมา|ยอดเงินคงเหลือยกมา)",
    re.IGNORECASE,
)
CLOSINGS = re.compile(
    r"(?:исходящий|конечный|остаток на конец|сальдо на конец|closing|carried forward|"
    r"balance c/?f|ยอดยกไป)",
    re.IGNORECASE,
)
ACCOUNTS = re.compile(
    r"(?:номер счета|номер счёта|расчетный счет|счет|счёт|account(?: number| no\.?)?|iban|เลขที่บัญชี|บัญชีเลขที่)"
    r"\s*(?:№|#)?\s*:?\s*([A-Z]{0,4}\d[\d\- ]{6,40}\d)",
    re.IGNORECASE,
)
CURRENCIES = ("KGS", "USD", "EUR", "RUB", "KZT", "THB", "CNY", "UZS")
CURRENCY = re.compile(rf"\b({'|'.join(CURRENCIES)})\b")
CURRENCY_WORDS = {
    "сом": "KGS",
    "руб": "RUB",
    "рубль": "RUB",
    "российский рубль": "RUB",
    "rur": "RUB",
    "тенге": "KZT",
    "доллар сша": "USD",
    "евро": "EUR",
    "baht": "THB",
    "บาท": "THB",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person said of such tables: heading → field, and the order of days."""

    columns: Mapping[str, str] = field(default_factory=dict)
    month_first: bool | None = None


@dataclass
class Table:
    """The rows below the heading, and what was said above it."""

    heading: list[str]
    places: dict[str, int]
    rows: list[NumberedRow]
    above: str = ""
    is_exact: bool = False
    month_first: bool = False
    notes: list[Note] = field(default_factory=list)
    opening: Decimal | None = None
    closing: Decimal | None = None

    def cell(
        self,
        row: Sequence[str],
        name: str,
    ) -> str:
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def leave_out(
        self,
        place: int,
        why: str,
    ) -> None:
        if len(self.notes) < MOST_LEFT_OUT:
            self.notes.append(Note("left_out", place, {"why": why}))


class HeadingIsUnclear(Exception):
    """No row names a day and an amount; the person says which column is which."""

    def __init__(self, heading: list[str]) -> None:
        super().__init__("columns")
        self.heading = heading


def read(
    rows: Iterable[NumberedRow],
    wish: Wish,
    *,
    is_exact: bool = False,
) -> list[Statement]:
    """A statement for each account and currency of the table. Raises HeadingIsUnclear, Unreadable."""
    table = _table(rows, wish, is_exact=is_exact)
    _order_of_days(table, wish)
    lines: dict[tuple[str, str], list[Line]] = {}
    for place, row in table.rows:
        if moved := _movement(table, place, row):
            account = _account(table.cell(row, "account"))
            currency = _currency(table.cell(row, "currency"))
            lines.setdefault((account, currency), []).append(moved)
    if sum(map(len, lines.values())) > MOST_LINES:
        raise Unreadable("too_many_lines")
    if not lines:
        lines[("", "")] = []
    is_single = len(lines) == 1
    return [
        _statement(table, account, currency, tuple(own), is_single=is_single)
        for (account, currency), own in lines.items()
    ]


def _table(
    rows: Iterable[NumberedRow],
    wish: Wish,
    *,
    is_exact: bool,
) -> Table:
    """Raises HeadingIsUnclear, Unreadable."""
    all_rows = [(place, [values.words(cell) for cell in row]) for place, row in rows]
    for at, (_place, row) in enumerate(all_rows[:SEARCHED]):
        places = headings.columns(row, wish.columns)
        if headings.is_enough(places):
            above = "\n".join(" ".join(cells) for _number, cells in all_rows[:at])
            return Table(
                row,
                places,
                all_rows[at + 1 :],
                above,
                is_exact=is_exact,
            )
    if not all_rows:
        raise Unreadable("empty")
    raise HeadingIsUnclear(max((row for _place, row in all_rows[:SEARCHED]), key=_filled))


def _filled(
    row: list[str],
) -> int:
    return sum(1 for cell in row if cell)


def _order_of_days(
    table: Table,
    wish: Wish,
) -> None:
    """Days before months, unless the column or the person says otherwise."""
    cells = [
        table.cell(
            row,
            "on",
        )
        for _place, row in table.rows
    ]
    telling = None if table.is_exact else values.is_month_first(cells)
    if telling is None:
        telling = wish.month_first
    table.month_first = bool(telling)
    slashes = [cell for cell in cells if values.LAST_YEAR.match(cell) and "." not in cell[:6]]
    if telling is None and slashes and not table.is_exact:
        table.notes.append(Note("day_first"))


def _movement(table: Table, place: int, row: list[str]) -> Line | None:
    """The movement of a row. One that is none is noted: totals, balances, headings again, texts."""
    written = table.cell(row, "on")
    words = " ".join(cell for cell in row if cell)
    if not words:
        return None
    if headings.is_enough(headings.columns(row, {})) and values.day(written) is None:
        table.leave_out(place, "heading")
        return None
    signed = _signed(table, row)
    if signed is None or signed == ZERO:
        _note_no_movement(table, place, row, words, signed)
        return None
    on = values.day(written, month_first=table.month_first)
    if on is None:
        is_total = any(TOTALS.match(cell) for cell in row)
        table.leave_out(place, "total" if is_total else "bad_day")
        return None
    is_in = signed > ZERO
    return Line(
        place,
        on,
        abs(signed),
        is_in,
        counterparty=_of_side(table, row, "counterparty", "payer", "payee", is_in=is_in),
        tax_number=_of_side(table, row, "tax_number", "payer_tax", "payee_tax", is_in=is_in),
        other_account=table.cell(row, "other_account"),
        number=table.cell(row, "number"),
        purpose=table.cell(row, "purpose"),
        balance=_amount(table, row, "balance"),
    )


def _note_no_movement(
    table: Table, place: int, row: list[str], words: str, signed: Decimal | None
) -> None:
    """Say what a row without an amount is; a balance at the beginning or the end is kept."""
    balance = _amount(table, row, "balance")
    if balance is not None and OPENINGS.search(words):
        table.opening = balance
        table.leave_out(place, "balance")
    elif balance is not None and CLOSINGS.search(words):
        table.closing = balance
        table.leave_out(place, "balance")
    elif any(TOTALS.match(cell) for cell in row):
        table.leave_out(place, "total")
    elif signed == ZERO:
        table.leave_out(place, "zero")
    elif values.day(table.cell(row, "on"), month_first=table.month_first) is not None:
        table.leave_out(place, "bad_amount")
    else:
        table.leave_out(place, "text")


def _amount(
    table: Table,
    row: list[str],
    name: str,
) -> Decimal | None:
    cell = table.cell(row, name)
    return values.amount(cell, is_exact=table.is_exact) if cell else None


def _signed(
    table: Table,
    row: list[str],
) -> Decimal | None:
    """The amount with its sign: of two columns, of a column of directions, or its own. None where
    it cannot be read.
    """
    if {"amount_in", "amount_out"} & table.places.keys():
        cells = (table.cell(row, "amount_in"), table.cell(row, "amount_out"))
        sums = [
            values.amount(
                cell,
                is_exact=table.is_exact,
            )
            if cell
            else ZERO
            for cell in cells
        ]
        came, left = sums
        is_said = any(cell for cell in cells)
        if came is None or left is None or not is_said or (came and left):
            return None
        return came - abs(left) if came >= ZERO else came
    amount = _amount(table, row, "amount")
    if amount is None or "direction" not in table.places:
        return amount
    is_in = headings.direction(table.cell(row, "direction"))
    if is_in is None:
        return amount if amount < ZERO else None
    return abs(amount) if is_in else -abs(amount)


def _of_side(
    table: Table, row: list[str], either: str, payer: str, payee: str, *, is_in: bool
) -> str:
    """What is said of the other side, whichever columns say it."""
    return table.cell(row, either) or table.cell(row, payer if is_in else payee)


def _account(cell: str) -> str:
    return cell.replace(" ", "")


def _currency(cell: str) -> str:
    text = cell.strip(" .").upper()
    if text in CURRENCIES:
        return text
    return CURRENCY_WORDS.get(text.lower(), "")


def _statement(
    table: Table,
    account: str,
    currency: str,
    lines: tuple[Line, ...],
    *,
    is_single: bool,
) -> Statement:
    if not account and (match := ACCOUNTS.search(table.above)):
        account = match[1].replace(" ", "")
    if not currency:
        currency = _currency_said(table)
    notes = list(table.notes)
    opening, closing, chain = _balances(lines)
    if is_single:
        opening = table.opening if table.opening is not None else opening
        closing = table.closing if table.closing is not None else closing
    first, last = first_and_last(lines)
    return Statement(
        lines,
        account=account,
        currency=currency,
        first=first,
        last=last,
        opening=opening,
        closing=closing,
        notes=(*notes, *chain, *balance_notes(opening, lines, closing)),
    )


def _currency_said(
    table: Table,
) -> str:
    """The currency named above the table or in its heading, when it is one alone."""
    above = {*CURRENCY.findall(table.above)}
    named = above or {*CURRENCY.findall(" ".join(table.heading))}
    return named.pop() if len(named) == 1 else ""


def _balances(
    lines: tuple[Line, ...],
) -> tuple[Decimal | None, Decimal | None, list[Note]]:
    """Opening and closing as the balances beside the lines give them, and where they break off.
    Banks write the newest line first or last; the balances tell which.
    """
    with_balance = [line for line in lines if line.balance is not None]
    if not lines or len(with_balance) != len(lines):
        return None, None, []
    forward = _breaks(lines)
    backward = _breaks(lines[::-1])
    is_newest_first = len(backward) < len(forward)
    ordered = lines[::-1] if is_newest_first else lines
    breaks = backward if is_newest_first else forward
    oldest = ordered[0]
    opening = (oldest.balance or ZERO) - oldest.signed
    return (
        opening,
        ordered[-1].balance,
        [
            Note(
                "balance_breaks",
                place,
            )
            for place in breaks[:20]
        ],
    )


def _breaks(lines: Sequence[Line]) -> list[int]:
    """The lines whose balance does not follow from the one before."""
    breaks = []
    for before, line in itertools.pairwise(lines):
        if (before.balance or ZERO) + line.signed != line.balance:
            breaks.append(line.place)
    return breaks


def noted(
    statement: Statement,
    notes: Sequence[Note],
) -> Statement:
    return replace(statement, notes=(*statement.notes, *notes))


def cut_off(
    statement: Statement,
    notes: Sequence[Note],
) -> Statement:
    """The same statement, of a file that breaks off."""
    return replace(noted(statement, [*notes, Note("cut")]), is_whole=False)
