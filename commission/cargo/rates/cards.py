"""Which rates a shipment is priced with (C-6), one by one and as a join for whole sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404

from commission.cargo.models import (
    Activation,
    GoodsType,
    Rate,
    RateCard,
    Transport,
)
from commission.cargo.rates.pricing import Rates

# For each row `s` with received_on: the card active at the end of that day, else the one active
# now. One parameter: the zone.
BY_DAY = """
LEFT JOIN LATERAL (
  SELECT a.card_id, a.version FROM cargo_activation a
  WHERE a.active_until IS NULL OR (a.active_from < day_end AND a.active_until >= day_end)
  ORDER BY (a.active_from < day_end) DESC, a.active_from DESC LIMIT 1
) c ON true
"""


@dataclass(frozen=True, slots=True)
class Used:
    """A version of a card and its prices for one goods type and transport; what a shipment keeps."""

    card_id: UUID
    version: int
    rates: Rates


def day_end(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def card_for(card_id: UUID) -> RateCard:
    """Raises 404."""
    card = RateCard.objects.filter(pk=card_id).first()
    if card is None:
        raise Http404
    return card


def active_card() -> RateCard | None:
    return RateCard.objects.filter(is_active=True).first()


def used_on(*, day: date, goods_type: str, transport: str, zone: ZoneInfo) -> Used | None:
    """By the day received; None when no card is active at all."""
    end = day_end(day, zone)
    then = Q(active_until=None) | Q(active_until__gte=end)
    activation = (
        Activation.objects.filter(then, active_from__lt=end).order_by("-active_from").first()
    )
    activation = activation or Activation.objects.filter(active_until=None).first()
    return (
        used_of(activation.card_id, activation.version, goods_type, transport)
        if activation
        else None
    )


def used_of(card_id: UUID, version: int, goods_type: str, transport: str) -> Used:
    """By a known version: editing a shipment keeps the one it has."""
    cell = Rate.objects.filter(
        card_id=card_id,
        version=version,
        goods_type_id=goods_type,
        transport=transport,
    ).first()
    return Used(
        card_id,
        version,
        Rates(cell.per_cbm, cell.per_kg) if cell else Rates(None, None),
    )


Grid = dict[tuple[str, str], Rates]


def grid_of(card: RateCard, version: int | None = None) -> Grid:
    """All prices of a version, by goods type and transport."""
    cells = card.rates.filter(version=version or card.version)
    return {
        (cell.goods_type_id, cell.transport): Rates(cell.per_cbm, cell.per_kg) for cell in cells
    }


def blanks(card: RateCard, kinds: list[GoodsType]) -> list[tuple[str, str, str]]:
    """(goods type, transport, "cbm" or "kg") that the present version leaves empty."""
    grid = grid_of(card)
    empty = Rates(None, None)
    cells = [
        (kind.code, way.value, grid.get((kind.code, way.value), empty))
        for kind in kinds
        for way in Transport
    ]
    return [
        (kind, way, unit)
        for kind, way, rates in cells
        for unit, value in (
            ("cbm", rates.per_cbm),
            ("kg", rates.per_kg),
        )
        if value is None
    ]
