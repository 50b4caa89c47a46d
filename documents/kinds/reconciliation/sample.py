from datetime import date
from decimal import Decimal

from documents.kinds import sample_parties, samples
from documents.kinds.reconciliation.context import (
    ReconciliationContext,
    ReconciliationRow,
    ReconciliationSheet,
    RowKind,
)

NOTHING = Decimal("0.00")


def sample(language: str) -> ReconciliationContext:
    """A quarter with two invoices, their payment, and a settled one in dollars."""
    rows = (
        _row(14, "invoice", "26-42", debit="431200.00"),
        _row(20, "receipt", "26-42", credit="400000.00"),
        _row(25, "invoice", "26-45", debit="112000.00"),
        _row(27, "correction", "26-45", credit="112000.00"),
    )
    settled = (
        _row(10, "invoice", "26-40", debit="1000.00"),
        _row(19, "receipt", "26-40", credit="1000.00"),
    )
    return ReconciliationContext(
        other=sample_parties.OTHER[language],
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        sheets=(
            ReconciliationSheet(
                samples.currency(language),
                Decimal("15000.50"),
                rows,
                Decimal("46200.50"),
            ),
            ReconciliationSheet("USD", NOTHING, settled, NOTHING),
        ),
        contract=samples.CONTRACT[language],
    )


def _row(
    day: int, kind: str, number: str, *, debit: str = "0", credit: str = "0"
) -> ReconciliationRow:
    return ReconciliationRow(
        date(2026, 3, day),
        RowKind(kind),
        number,
        Decimal(debit),
        Decimal(credit),
    )
