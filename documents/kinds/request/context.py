"""Договор-заявка: what the client orders, when and for how much; signed by both it is the contract."""

from dataclasses import dataclass
from decimal import Decimal

from documents.kinds.parts import (
    Cargo,
    Contract,
    DriverCard,
    Party,
    Stop,
    Vehicle,
)
from tenants.kit.money import TaxedAmount


@dataclass(frozen=True, slots=True)
class RequestContext:
    """`price` is what the client pays; `amounts` takes it apart. Papers of before have a `tax_note`
    instead ("в том числе НДС 12 %", "без НДС").

    `penalties` are sentences, one clause each: failure to provide the vehicle, standing time.
    """

    client: Party
    route: tuple[Stop, ...]
    cargo: tuple[Cargo, ...]
    price: Decimal
    currency: str
    order_ref: str = ""
    contract: Contract | None = None
    vehicle: Vehicle | None = None
    driver: DriverCard | None = None
    tax_note: str = ""
    payment_form: str = ""
    payment_term: str = ""
    prepayment: str = ""
    penalties: tuple[str, ...] = ()
    note: str = ""
    amounts: TaxedAmount | None = None
