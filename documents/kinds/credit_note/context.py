"""Кредит-нота (ใบลดหนี้): makes an accepted invoice less, with its taxes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.kinds.parts import Contract, Line, Party, foot
from tenants.kit.money import TaxedAmount


@dataclass(frozen=True, slots=True)
class CreditNoteContext:
    """`lines` are what is taken off; `before` and `after` what the invoice comes to, taxes included."""

    buyer: Party
    lines: tuple[Line, ...]
    currency: str
    invoice: str
    invoice_on: date
    before: Decimal
    after: Decimal
    reason: str
    order_ref: str = ""
    contract: Contract | None = None

    @property
    def total(self) -> TaxedAmount:
        return foot(self.lines)
