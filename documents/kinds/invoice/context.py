"""Счёт на оплату. Amounts come settled from the ledger's side; the paper only adds up its own
lines.
"""

from dataclasses import dataclass
from datetime import date

from documents.kinds.parts import Contract, Line, Party, foot
from tenants.kit.money import TaxedAmount


@dataclass(frozen=True, slots=True)
class InvoiceContext:
    """`payment_qr` is the payload of the country's payment code (ST00012, ELQR, PromptPay), empty
    for none.
    """

    buyer: Party
    lines: tuple[Line, ...]
    currency: str
    due_on: date | None = None
    order_ref: str = ""
    contract: Contract | None = None
    purpose: str = ""
    payment_qr: str = ""
    note: str = ""

    @property
    def total(self) -> TaxedAmount:
        return foot(self.lines)
