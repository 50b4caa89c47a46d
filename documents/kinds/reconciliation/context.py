"""Акт сверки взаимных расчётов: both sides sign what they owe each other on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from documents.kinds.parts import Contract, Party
from tenants.kit.money import ZERO


class RowKind(StrEnum):
    """What happened; the labels have a word for each ("kind_invoice")."""

    INVOICE = "invoice"
    RECEIPT = "receipt"
    REFUND = "refund"
    COST = "cost"
    PAYOUT = "payout"
    PLATFORM_FEE = "platform_fee"
    CORRECTION = "correction"
    ACT = "act"
    OFFSET = "offset"
    CREDIT_NOTE = "credit_note"
    ALLOCATION = "allocation"
    ADVANCE_PAID = "advance_paid"
    ADVANCE_RETURNED = "advance_returned"


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """`document` is the number of the paper it stands on."""

    on: date
    kind: RowKind
    document: str
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class ReconciliationSheet:
    """A currency; a balance above zero is owed by the other side."""

    currency: str
    opening: Decimal
    rows: tuple[ReconciliationRow, ...]
    closing: Decimal

    @property
    def debit(self) -> Decimal:
        """The turnover of the debit side."""
        return sum((row.debit for row in self.rows), ZERO)

    @property
    def credit(self) -> Decimal:
        """The turnover of the credit side."""
        return sum((row.credit for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class ReconciliationContext:
    other: Party
    first: date
    last: date
    sheets: tuple[ReconciliationSheet, ...]
    contract: Contract | None = None
