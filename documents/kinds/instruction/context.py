"""Поручение экспедитору (from the client to the reseller) or перевозчику (from the reseller to its
carrier).
"""

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
class InstructionContext:
    """`other` is the client, or with `to_carrier` the carrier; the reseller stands on the
    letterhead.

    `price` is what the one who is instructed gets, `amounts` takes it apart; None where the contract
    says it. It is never the price of the other side: a paper to a carrier is made from the carrier's
    figures alone.
    """

    other: Party
    route: tuple[Stop, ...]
    cargo: tuple[Cargo, ...]
    services: tuple[str, ...]
    to_carrier: bool = False
    shipper: str = ""
    consignee: str = ""
    price: Decimal | None = None
    currency: str = ""
    payment_form: str = ""
    payment_term: str = ""
    order_ref: str = ""
    contract: Contract | None = None
    vehicle: Vehicle | None = None
    driver: DriverCard | None = None
    note: str = ""
    amounts: TaxedAmount | None = None
