"""What papers are made of: parties, stops, cargo, lines. Data only, already agreed; no paper
computes a price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tenants.kit.money import TaxedAmount, total_taxed


@dataclass(frozen=True, slots=True)
class Party:
    """A firm or a person with its requisites; what is empty is not printed.

    `tax_id` ИНН, БИН or Thai tax id, `register_no` ОКПО, `tax_office` код ГНИ, `bank_code` БИК,
    `branch` five digits of Thai tax papers (00000 is the head office), `acts_under` "charter",
    "attorney", "registration" or words, `forwarders_register` number and status in «ГосЛог».
    """

    name: str
    tax_id: str = ""
    register_no: str = ""
    tax_office: str = ""
    branch: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    bank: str = ""
    bank_code: str = ""
    account: str = ""
    correspondent: str = ""
    director: str = ""
    director_post: str = ""
    acts_under: str = ""
    accountant: str = ""
    country: str = ""
    kpp: str = ""
    ogrn: str = ""
    forwarders_register: str = ""
    basis_number: str = ""
    basis_on: date | None = None


class StopKind(StrEnum):
    LOADING = "loading"
    UNLOADING = "unloading"
    CUSTOMS = "customs"
    BORDER = "border"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the vehicle is to be, when, and whom to ask for. `window` is a text such as
    "08:00–12:00".
    """

    kind: StopKind
    place: str
    address: str = ""
    on: date | None = None
    window: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Cargo:
    """One piece of the load; weight in kg, volume in m³, `value` a text with its currency."""

    name: str
    packing: str = ""
    marking: str = ""
    places: int | None = None
    weight_kg: Decimal | None = None
    volume_m3: Decimal | None = None
    value: str = ""
    temperature: str = ""
    adr: str = ""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What is asked for or what was assigned; texts as people of the trade write them."""

    body: str = ""
    loading: str = ""
    capacity: str = ""
    plates: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DriverCard:
    name: str
    phone: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """The frame contract that a paper belongs to."""

    number: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One service on an invoice or act; `price` is per unit without taxes, `amounts` is the line
    taken apart.
    """

    name: str
    quantity: Decimal
    unit: str
    price: Decimal
    amounts: TaxedAmount


def foot(lines: Sequence[Line]) -> TaxedAmount:
    """The totals below the lines."""
    return total_taxed(line.amounts for line in lines)
