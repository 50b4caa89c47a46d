"""Акт выполненных работ (оказанных услуг): closes an order for the accountants of both sides."""

from dataclasses import dataclass

from documents.kinds.parts import Contract, Line, Party, foot
from tenants.kit.money import TaxedAmount


@dataclass(frozen=True, slots=True)
class ActContext:
    """`waybill` is the number of the CMR or ТТН; `invoice` the number of the invoice these services
    stand on.
    """

    customer: Party
    lines: tuple[Line, ...]
    currency: str
    order_ref: str = ""
    contract: Contract | None = None
    invoice: str = ""
    route: str = ""
    vehicle: str = ""
    driver: str = ""
    waybill: str = ""
    note: str = ""

    @property
    def total(self) -> TaxedAmount:
        return foot(self.lines)
