"""The books added up by plain SQL over all lines, and random entries to add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from finance import ledger
from finance.ledger import Move
from finance.models import Account, EntryKind
from tests.finance.money_samples import noon

FIRST = date(2026, 1, 20)
DAYS = 70  # into March, over two ends of a month
RANDOM = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SUMS = """
SELECT side.account, line.currency,
  COALESCE(sum(line.amount) FILTER (WHERE side.is_debit AND entry."on" < %(first)s), 0)
  - COALESCE(sum(line.amount) FILTER (WHERE NOT side.is_debit AND entry."on" < %(first)s), 0),
  COALESCE(sum(line.amount) FILTER (WHERE side.is_debit AND entry."on" >= %(first)s), 0),
  COALESCE(sum(line.amount) FILTER (WHERE NOT side.is_debit AND entry."on" >= %(first)s), 0),
  COALESCE(sum(line.home_amount) FILTER (WHERE side.is_debit AND entry."on" < %(first)s), 0)
  - COALESCE(sum(line.home_amount) FILTER (WHERE NOT side.is_debit AND entry."on" < %(first)s), 0),
  COALESCE(sum(line.home_amount) FILTER (WHERE side.is_debit AND entry."on" >= %(first)s), 0),
  COALESCE(sum(line.home_amount) FILTER (WHERE NOT side.is_debit AND entry."on" >= %(first)s), 0)
FROM finance_line line
JOIN finance_entry entry ON entry.id = line.entry_id
CROSS JOIN LATERAL (VALUES (line.debit, true), (line.credit, false)) side (account, is_debit)
WHERE entry."on" <= %(last)s
GROUP BY 1, 2
"""


class Raw(NamedTuple):
    """Opening balance, debit and credit."""

    opening: Decimal
    debit: Decimal
    credit: Decimal


class RawBooks(NamedTuple):
    """By account and currency, and by account at home."""

    amounts: dict[tuple[str, str], Raw]
    at_home: dict[str, Raw]


def raw_books(first: date, last: date) -> RawBooks:
    amounts = {}
    at_home: dict[str, Raw] = {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"first": first, "last": last})
        for account, currency, *sums in cursor.fetchall():
            amounts[account, currency] = Raw(*sums[:3])
            before = at_home.get(account, Raw(*[Decimal(0)] * 3))
            both = zip(before, sums[3:], strict=True)
            at_home[account] = Raw(*(one + other for one, other in both))
    return RawBooks(
        {key: sums for key, sums in amounts.items() if any(sums)},
        {key: sums for key, sums in at_home.items() if any(sums)},
    )


class Booked(NamedTuple):
    """An entry of one or several lines on a day."""

    day: int
    moves: list[Move]


_cents = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)


@st.composite
def _moves(draw: st.DrawFn) -> Move:
    debit, credit = draw(st.lists(st.sampled_from(Account), min_size=2, max_size=2, unique=True))
    amount = draw(_cents)
    home = draw(_cents)
    if not amount and not home:
        home = Decimal("0.01")
    currency = draw(st.sampled_from(["KGS", "USD", "RUB"]))
    return Move(debit, credit, amount, currency, home)


ENTRIES = st.lists(
    st.builds(Booked, st.integers(0, DAYS), st.lists(_moves(), min_size=1, max_size=3)),
    max_size=12,
)
PERIODS = st.tuples(st.integers(-5, DAYS + 5), st.integers(0, DAYS))


def period_of(days: tuple[int, int]) -> tuple[date, date]:
    first = FIRST + timedelta(days=days[0])
    return first, first + timedelta(days=days[1])


@contextmanager
def booked(entries: Sequence[Booked], company_id: UUID | None = None) -> Iterator[None]:
    """Inside, the ledger holds these entries besides what it held."""
    with transaction.atomic():
        for number, one in enumerate(entries):
            on = FIRST + timedelta(days=one.day)
            ledger.post(
                kind=EntryKind.RECEIPT,
                lines=one.moves,
                subject=f"test:{number}",
                on=on,
                by=None,
                at=noon(on.isoformat()),
            )
        yield
        transaction.set_rollback(True)
