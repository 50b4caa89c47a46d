"""What a statement of a bank says, whatever the format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 11  # so that the sum of the most lines has a place in the books
MOST_LINES = 50_000


class Unreadable(Exception):
    """The file is no statement that can be read; `code` says why, `place` where in the file."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a statement before anything comes in. `code` has its words in words.py."""

    code: str
    place: int = 0  # the line of the file
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came to the account or left it."""

    place: int  # its line in the file
    on: date
    amount: Decimal  # above zero
    is_in: bool
    counterparty: str = ""
    tax_number: str = ""
    other_account: str = ""
    number: str = ""  # of the payment's paper
    purpose: str = ""
    balance: Decimal | None = None  # of the account after it

    @property
    def signed(self) -> Decimal:
        """Plus into the account, minus out of it."""
        return self.amount if self.is_in else -self.amount


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of one account, in the order of the file. What the file does not say is empty."""

    lines: tuple[Line, ...]
    account: str = ""
    currency: str = ""
    first: date | None = None
    last: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    notes: tuple[Note, ...] = ()
    is_whole: bool = True

    @property
    def total_in(
        self,
    ) -> Decimal:
        return sum((line.amount for line in self.lines if line.is_in), ZERO)

    @property
    def total_out(
        self,
    ) -> Decimal:
        return sum((line.amount for line in self.lines if not line.is_in), ZERO)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: one statement for each account in it."""

    format: str  # 1c, mt940, csv, xlsx
    encoding: str
    statements: tuple[Statement, ...]


def balance_notes(
    opening: Decimal | None,
    lines: tuple[Line, ...],
    closing: Decimal | None,
) -> list[Note]:
    """What came in and went out must lead from the opening balance to the closing one."""
    if opening is None or closing is None:
        return []
    reached = opening + sum((line.signed for line in lines), ZERO)
    if reached == closing:
        return []
    return [Note("unbalanced", facts={"reached": f"{reached:.2f}", "closing": f"{closing:.2f}"})]


def total_notes(
    lines: tuple[Line, ...], total_in: Decimal | None, total_out: Decimal | None
) -> list[Note]:
    """The sums that the file itself names must be those of its lines."""
    notes = []
    for code, total, is_in in (("total_in", total_in, True), ("total_out", total_out, False)):
        amounts = [line.amount for line in lines if line.is_in is is_in]
        reached = sum(amounts, ZERO)
        if total is not None and total != reached:
            facts = {"total": f"{total:.2f}", "reached": f"{reached:.2f}"}
            notes.append(
                Note(
                    code,
                    facts=facts,
                )
            )
    return notes


def first_and_last(
    lines: tuple[Line, ...],
    first: date | None = None,
    last: date | None = None,
) -> tuple[date | None, date | None]:
    """The days that the file names, else those of its lines."""
    days = [line.on for line in lines]
    return first or min(
        days,
        default=None,
    ), last or max(days, default=None)
