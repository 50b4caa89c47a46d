"""The ledger only grows, and says so at the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from finance import ledger
from finance.ledger import Move
from finance.models import Account, EntryKind, Line, MonthSum
from finance.queries import pnl
from tests.finance.money_samples import MARCH, invoice, noon, own, pay
from tests.world import Cast

TABLES = (
    "finance_entry",
    "finance_line",
    "finance_payment",
    "finance_payout",
    "finance_feecharge",
    "finance_invoiceline",
)


def _post(*amounts: str, debit: Account = Account.BANK) -> None:
    lines = [
        Move(debit, Account.RECEIVABLE, Decimal(amount), "KGS", Decimal(amount))
        for amount in amounts
    ]
    ledger.post(
        kind=EntryKind.RECEIPT,
        lines=lines,
        subject="test:1",
        on=date(2026, 3, 13),
        by=None,
        at=noon("2026-03-13"),
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_is_written_stays_as_it_is(in_alpha: Cast, table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("amounts", [(), ("0.00",), ("-1.00",), ("1.00", "0.001")])
def test_an_entry_of_nothing_is_refused(in_alpha: Cast, amounts: tuple[str, ...]) -> None:
    with pytest.raises(ledger.CannotPost):
        _post(*amounts)
    assert not Line.objects.exists() and not MonthSum.objects.exists()


def test_the_database_refuses_a_line_of_one_account(
    in_alpha: Cast,
) -> None:
    with (
        pytest.raises(IntegrityError, match="line_two_accounts"),
        transaction.atomic(),
    ):
        _post("1.00", debit=Account.RECEIVABLE)


def test_sums_are_kept_by_month_and_pair(in_alpha: Cast) -> None:
    _post("1.00", "2.50")
    _post("4.00")
    kept = MonthSum.objects.get()
    assert (
        kept.month,
        kept.debit,
        kept.credit,
        kept.currency,
        kept.amount,
    ) == (
        MARCH,
        "bank",
        "receivable",
        "KGS",
        Decimal("7.50"),
    )


def test_an_entry_is_reversed_once(in_alpha: Cast) -> None:
    _post("1.00")
    entry = Line.objects.get().entry
    back = ledger.reverse(
        entry=entry,
        on=date(2026, 3, 14),
        by=None,
        at=noon("2026-03-14"),
        memo="wrong",
    )
    line = back.lines.get()
    assert (back.kind, back.corrects, line.debit, line.credit) == (
        "correction",
        entry,
        "receivable",
        "bank",
    )
    with pytest.raises(ledger.AlreadyCorrected):
        ledger.reverse(
            entry=entry,
            on=date(2026, 3, 14),
            by=None,
            at=noon("2026-03-14"),
            memo="wrong",
        )


def test_profit_and_loss_is_what_the_lines_say(in_alpha: Cast) -> None:
    own(vat_payer=True)
    bill = invoice(in_alpha, "1000.00")
    pay(in_alpha, bill, "1120.00", "2026-03-10")
    results = pnl([MARCH], "KGS")
    assert results.others == []
    rows = results.at_home
    assert [(row.currency, row.revenue, row.cost, row.fee, row.profit) for row in rows] == [
        (
            "KGS",
            Decimal("1000.00"),
            Decimal("0.00"),
            Decimal("112.00"),
            Decimal("888.00"),
        ),
    ]
