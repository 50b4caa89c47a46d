"""The only door into the ledger: entries of lines, and the month's sums that follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from finance import months
from finance.models import Account, Entry, EntryKind, Line
from tenants.actor import Actor
from tenants.kit.calendar import first_of
from tenants.kit.money import ZERO, rounded

# One row per pair of accounts would make every payment of a reseller wait for the one before it.
ADD_UP = """
INSERT INTO finance_monthsum (month, debit, credit, currency, slot, amount, home_amount)
SELECT %s, pair.debit, pair.credit, pair.currency, mod(pg_backend_pid(), 8), pair.amount, pair.home
FROM unnest(%s::text[], %s::text[], %s::text[], %s::numeric[], %s::numeric[])
  AS pair (debit, credit, currency, amount, home)
ORDER BY pair.debit, pair.credit, pair.currency
ON CONFLICT (month, debit, credit, currency, slot) DO UPDATE
SET amount = finance_monthsum.amount + EXCLUDED.amount,
  home_amount = finance_monthsum.home_amount + EXCLUDED.home_amount
"""


class CannotPost(Exception):
    """An entry without lines, or with a line that moves nothing, or less than nothing."""


class AlreadyCorrected(Exception):
    """An entry is reversed once."""


class MoneyRow(Protocol):
    """A row of money that moved on a day."""

    amount: Decimal
    currency: str
    home_amount: Decimal
    paid_on: date

    @property
    def subject(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Move:
    """An amount from `credit` to `debit`, what it is worth in the reseller's currency, and whom and
    what it concerns. A difference of exchange moves a home amount alone.
    """

    debit: Account
    credit: Account
    amount: Decimal
    currency: str
    home_amount: Decimal
    company_id: UUID | None = None
    order_id: UUID | None = None
    invoice_id: UUID | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it moves something, to the hundredth."""
        both = (self.amount, self.home_amount)
        return max(both) > ZERO and all(part >= ZERO and part == rounded(part) for part in both)


@transaction.atomic
def post(
    *,
    kind: EntryKind,
    lines: Iterable[Move],
    subject: str,
    on: date,
    by: Actor | None,
    at: datetime,
    memo: str = "",
    corrects: Entry | None = None,
) -> Entry:
    """Add an entry. Each line has both its accounts, so that the books balance whatever is posted.

    What is dated into a closed month is dated on the first day after it.
    """
    moves = tuple(lines)
    if not moves or not all(move.is_whole for move in moves):
        raise CannotPost(subject)
    on = max(on, months.hold_open(on, months.BOOKS))
    entry = Entry.objects.create(
        kind=kind,
        on=on,
        at=at,
        by=by.member_id if by else None,
        subject=subject,
        memo=memo,
        corrects=corrects,
    )
    Line.objects.bulk_create(
        Line(
            entry=entry,
            debit=move.debit,
            credit=move.credit,
            amount=move.amount,
            currency=move.currency,
            home_amount=move.home_amount,
            company_id=move.company_id,
            order_id=move.order_id,
            invoice_id=move.invoice_id,
        )
        for move in moves
    )
    _add_up(first_of(on), moves)
    return entry


def post_money(
    row: MoneyRow,
    kind: EntryKind,
    debit: Account,
    credit: Account,
    *,
    memo: str,
    by: Actor | None,
    at: datetime,
    company_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Entry:
    """An entry of one line: all of what moved, at the worth of its own day."""
    move = Move(
        debit,
        credit,
        row.amount,
        row.currency,
        row.home_amount,
        company_id,
        order_id,
    )
    return post(
        kind=kind,
        lines=[move],
        subject=row.subject,
        on=row.paid_on,
        by=by,
        at=at,
        memo=memo,
    )


def reverse(*, entry: Entry, on: date, by: Actor | None, at: datetime, memo: str) -> Entry:
    """Take an entry back by its mirror image; the old one stays. Raises AlreadyCorrected."""
    if Entry.objects.filter(corrects=entry).exists():
        raise AlreadyCorrected(entry.subject)
    lines = [
        Move(
            Account(line.credit),
            Account(line.debit),
            line.amount,
            line.currency,
            line.amount if line.home_amount is None else line.home_amount,
            line.company_id,
            line.order_id,
            line.invoice_id,
        )
        for line in entry.lines.order_by("id")
    ]
    return post(
        kind=EntryKind.CORRECTION,
        lines=lines,
        subject=entry.subject,
        on=on,
        by=by,
        at=at,
        memo=memo,
        corrects=entry,
    )


def _add_up(month: date, moves: tuple[Move, ...]) -> None:
    amounts: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)
    at_home: dict[tuple[str, str, str], Decimal] = defaultdict(lambda: ZERO)
    for move in moves:
        pair = (move.debit.value, move.credit.value, move.currency)
        amounts[pair] += move.amount
        at_home[pair] += move.home_amount
    debits, credits, currencies = ([pair[i] for pair in amounts] for i in range(3))
    sums = [list(amounts.values()), list(at_home.values())]
    with connection.cursor() as cursor:
        cursor.execute(ADD_UP, [month, debits, credits, currencies, *sums])
