"""What a form, the API or the client's request hands to orders/entry.py: plain values, cleaned but
not yet decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from orders.models import CargoLine, Order, Stop

ONE = Decimal(1)
MOST_STOPS = 50
MOST_CARGO = 200  # lines of an order
TOO_MANY_STOPS = _("An order has at most %(num)s stops.")
TOO_MANY_LINES = _("An order has at most %(num)s lines of cargo.")


@dataclass(frozen=True, slots=True)
class StopData:
    kind: str
    place: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    place_id: str | None = None
    company_address: UUID | None = None
    address: str = ""
    company: str = ""
    contact: str = ""
    phone: str = ""
    on: date | None = None
    time_from: time | None = None
    time_to: time | None = None


@dataclass(frozen=True, slots=True)
class CargoData:
    name: str
    weight_kg: Decimal | None = None
    volume_m3: Decimal | None = None
    packages: int | None = None
    packing: str = ""
    value: Decimal | None = None
    adr: str = ""
    un_number: str = ""


@dataclass(frozen=True, slots=True)
class OrderData:
    """An order as asked for. Of price, rate and margin two are enough; `currency` empty means the
    reseller's own.
    """

    client_id: UUID | None = None
    responsible: UUID | None = None
    form: str = "simple"
    client_price: Decimal | None = None
    currency: str = ""
    price_tax: str = ""  # a PriceTax; empty means as usual for the own firm that sells
    client_fx: Decimal | None = None
    carrier_rate: Decimal | None = None
    carrier_currency: str = ""
    carrier_tax: str = ""  # a PriceTax; empty means as usual for the carrier who will be chosen
    carrier_payment: str = ""  # one of Terms
    carrier_fx: Decimal | None = None
    margin: Decimal | None = None
    margin_percent: Decimal | None = None
    rate_date: date | None = None
    body: str = ""
    adr: str = ""
    temperature_from: Decimal | None = None
    temperature_to: Decimal | None = None
    loading_types: tuple[str, ...] = ()
    customs: bool = False
    payment_terms: str = ""
    payment_days: int | None = None
    carrier_terms: str = ""
    note: str = ""
    request_note: str = ""
    seller_firm: int | None = None
    hiring_firm: int | None = None
    stops: tuple[StopData, ...] = ()
    cargo: tuple[CargoData, ...] = field(default=())


PLAIN = (
    "form",
    "body",
    "adr",
    "temperature_from",
    "temperature_to",
    "customs",
    "price_tax",
    "carrier_tax",
    "carrier_payment",
    "payment_terms",
    "payment_days",
    "carrier_terms",
    "note",
    "request_note",
    "seller_firm",
    "hiring_firm",
)


def fields_of(data: OrderData | StopData | CargoData) -> dict[str, object]:
    """The values by the names of their fields; nothing below is taken apart."""
    return {field.name: getattr(data, field.name) for field in fields(data)}


def stop_data(stop: Stop) -> StopData:
    """A stop as it stands, for a form or a copy."""
    return StopData(**{field.name: getattr(stop, field.name) for field in fields(StopData)})


def cargo_data(line: CargoLine) -> CargoData:
    """A line of cargo as it stands, for a form or a copy."""
    return CargoData(**{field.name: getattr(line, field.name) for field in fields(CargoData)})


def data_of(order: Order) -> OrderData:
    """The order as it stands, for a partial change, a copy, or a form."""
    return OrderData(
        client_id=order.client_id,
        responsible=order.responsible,
        client_price=order.client_price,
        currency=order.currency,
        client_fx=order.client_fx,
        carrier_rate=order.carrier_rate,
        carrier_currency=order.carrier_currency,
        carrier_fx=order.carrier_fx,
        rate_date=order.rate_date,
        loading_types=tuple(order.loading_types),
        stops=tuple(stop_data(stop) for stop in order.stops.all()),
        cargo=tuple(cargo_data(line) for line in order.cargo.all()),
        **{name: getattr(order, name) for name in PLAIN},
    )
