"""What may be published. A client, a client's price or a margin have no field here, so they cannot
leave.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from tenants.drivers.bodies import Body
from tenants.kit import roads
from tenants.kit.geo import Point, is_point
from tenants.kit.money import CURRENCIES


class BadCard(Exception):
    """The card cannot be published as it is; `field` names what is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Town:
    """City or district; never a street."""

    city: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def point(self) -> Point | None:
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class ListingCard:
    """An order as the exchange shows it. `price` is the rate asked for; weights in kg, volumes in
    m³, °C.
    """

    origin: Town
    destination: Town
    date_from: date
    date_to: date
    currency: str
    expires_at: datetime
    distance_km: int | None = None
    body: str = ""
    weight_kg: Decimal | None = None
    volume_m3: Decimal | None = None
    adr: str = ""
    cargo_kind: str = ""
    loading_types: tuple[str, ...] = ()
    temperature_from: Decimal | None = None
    temperature_to: Decimal | None = None
    price: Decimal | None = None
    carrier_tax: str = ""
    payment: str = ""
    payment_terms: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for field, fault in self._faults().items():
            if fault:
                raise BadCard(field)

    def _faults(self) -> dict[str, bool]:
        return {
            "origin": not _is_town(self.origin),
            "destination": not _is_town(self.destination),
            "date_to": self.date_to < self.date_from,
            "currency": self.currency not in CURRENCIES,
            "body": self.body not in ("", *Body.values),
            "weight_kg": self.weight_kg is not None and self.weight_kg <= 0,
            "volume_m3": self.volume_m3 is not None and self.volume_m3 <= 0,
            "price": self.price is not None and self.price <= 0,
        }

    @property
    def kilometres(self) -> int | None:
        """As given, else by road."""
        start = self.origin.point
        end = self.destination.point
        if self.distance_km is not None or not (start and end):
            return self.distance_km
        return roads.between(start, end).km

    @property
    def fingerprint(self) -> str:
        """Equal for the same cargo on the same road in the same days: it may have been posted
        twice.
        """
        same = (
            self.cargo_kind,
            self.origin.city,
            self.origin.country,
            self.destination.city,
            self.destination.country,
            self.date_from.isoformat(),
            self.date_to.isoformat(),
        )
        return sha256(
            "\n".join(" ".join(part.lower().split()) for part in same).encode()
        ).hexdigest()


def _is_town(town: Town) -> bool:
    whole = (town.lat is None) == (town.lon is None)
    return (
        bool(town.city.strip())
        and whole
        and (town.point is None or is_point(town.point.lat, town.point.lon))
    )


def as_json(card: ListingCard) -> str:
    """The card under the listing's column names."""
    values = asdict(card)
    for end, town in (
        ("from", values.pop("origin")),
        ("to", values.pop("destination")),
    ):
        values |= {f"{end}_{part}": value for part, value in town.items()}
    values |= {
        "distance_km": card.kilometres,
        "fingerprint": card.fingerprint,
    }
    return json.dumps(values, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
