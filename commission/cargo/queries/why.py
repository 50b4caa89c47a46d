"""Why a shipment costs what it costs: its own kept rates put through the pure module again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from commission.cargo.models import Shipment
from commission.cargo.rates.pricing import (
    EXACT,
    MANUAL,
    Parcel,
    Rates,
    Why,
    explain,
)


@dataclass(frozen=True, slots=True)
class Explained:
    """Both products exactly, the winner before rounding, and what came of it."""

    why: Why
    is_manual: bool
    card: str
    version: int | None
    exact: Decimal | None


def why(row: Shipment) -> Explained:
    manual = row.cost_mode == MANUAL
    parcel = Parcel(
        row.weight_kg,
        row.volume_cbm,
        row.price,
        row.cost_mode,
        row.cost if manual else None,
    )
    explained = explain(
        parcel,
        Rates(row.rate_cbm, row.rate_kg) if row.card_id else None,
    )
    winner = (
        None
        if explained.by_cbm is None or explained.by_kg is None
        else max(explained.by_cbm, explained.by_kg)
    )
    card = row.card.name if row.card and not manual else ""
    return Explained(
        explained,
        manual,
        card,
        row.card_version if card else None,
        winner and winner.normalize(EXACT),
    )
