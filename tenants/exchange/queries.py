"""Reading the exchange: the board of open listings, and the threads of either side (row security
narrows them).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Func, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.fields import FloatField
from django.db.models.functions import (
    ASin,
    Cos,
    Least,
    Power,
    Radians,
    Sin,
    Sqrt,
)

from tenants.drivers.models import Driver, Vehicle
from tenants.exchange.cards import ListingCard
from tenants.exchange.models import Job, Listing, Offer, Round
from tenants.exchange.refusals import NotFound
from tenants.kit import places
from tenants.kit.edge.finding import finds
from tenants.kit.geo import EARTH_KM, Box, Point, box_around, cells_in

SAME_TOWN_KM = 30  # a search for a city without a radius means its surroundings
MANY_CELLS = 1200  # beyond about 500 km a list of grid cells costs more than the rectangle
MAX_KM = 3000


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """What the board may be narrowed by. Places by name in any language, or a country's two
    letters.
    """

    origin: str = ""
    destination: str = ""
    within_km: int | None = None
    body: str = ""
    weight_max: Decimal | None = None
    date_from: date | None = None
    date_to: date | None = None
    text: str = ""


def open_listings(filters: ListingFilter, *, at: datetime) -> QuerySet[Listing]:
    """Listings that may still be bid on, the newest first."""
    rows = Listing.objects.filter(status=Listing.Status.OPEN, expires_at__gt=at).order_by(
        "-published_at", "-id"
    )
    rows = _near(rows, "from", filters.origin, filters.within_km)
    rows = _near(rows, "to", filters.destination, filters.within_km)
    if filters.body:
        rows = rows.filter(body__in=["", filters.body])
    if filters.weight_max is not None:
        rows = rows.filter(Q(weight_kg=None) | Q(weight_kg__lte=filters.weight_max))
    if filters.date_from:
        rows = rows.filter(date_to__gte=filters.date_from)
    if filters.date_to:
        rows = rows.filter(date_from__lte=filters.date_to)
    if filters.text:
        named = finds(filters.text, "cargo_kind", "note")
        rows = rows.filter(named | Q(ref=filters.text.upper()))
    return rows


def _near(
    rows: QuerySet[Listing],
    end: str,
    text: str,
    km: int | None,
) -> QuerySet[Listing]:
    text = text.strip()
    if not text:
        return rows
    if len(text) == 2 and text.isascii():
        return rows.filter(**{f"{end}_country": text.upper()})
    towns = places.resolve(text).candidates  # of two towns of one name both are meant
    if not towns:
        return rows.filter(_called(end, [text]))
    radius = min(km if km is not None else SAME_TOWN_KM, MAX_KM)
    rows = _in_cells(rows, end, [box_around(town.point, radius) for town in towns])
    away = [_away(end, town.point) for town in towns]
    nearest = Least(*away) if len(away) > 1 else away[0]
    rows = rows.annotate(**{f"{end}_away_km": nearest})
    unplaced = Q(
        _called(end, [name for town in towns for name in _names_of(town)]),
        **{f"{end}_lat": None},
    )
    return rows.filter(Q(**{f"{end}_away_km__lte": float(radius)}) | unplaced)


def _names_of(town: places.Place) -> tuple[str, ...]:
    return (town.english, *town.names.values())


def _called(
    end: str,
    names: list[str],
) -> Q:
    return reduce(or_, (Q(**{f"{end}_city__has": name}) for name in names))


def _in_cells(rows: QuerySet[Listing], end: str, boxes: Iterable[Box]) -> QuerySet[Listing]:
    """The cheap part of the circles, by itself so that the index on the cell serves it; without a
    point there is no cell.
    """
    inside = reduce(or_, (_inside(end, box) for box in boxes))
    return rows.filter(inside | Q(**{f"{end}_cell": None}))


def _inside(end: str, box: Box) -> Q:
    """Within the rectangle."""
    inside = Q(
        **{
            f"{end}_lat__gte": box.south,
            f"{end}_lat__lte": box.north,
            f"{end}_lon__gte": box.west,
            f"{end}_lon__lte": box.east,
        }
    )
    cells = cells_in(box)
    if (
        len(cells) <= MANY_CELLS
    ):  # the rectangle stays: without it the planner thinks a list of cells matches far more
        inside &= Q(**{f"{end}_cell__in": cells})
    return inside


def _away(
    end: str,
    centre: Point,
) -> Combinable:
    """The haversine of tenants.kit.geo in SQL."""
    lat = Radians(F(f"{end}_lat"))
    lon = Radians(F(f"{end}_lon"))
    across = Power(Sin((lat - Radians(Value(centre.lat))) / 2.0), 2)
    along = Power(Sin((lon - Radians(Value(centre.lon))) / 2.0), 2)
    h = across + Cos(lat) * Cos(Radians(Value(centre.lat))) * along
    whole: Func = ASin(Sqrt(Least(Value(1.0), h)), output_field=FloatField())
    return whole * Value(2 * EARTH_KM)


def listing(listing_id: UUID) -> Listing:
    """Any listing, open or not: it holds published data only. Raises NotFound."""
    row = Listing.objects.filter(pk=listing_id).first()
    if row is None:
        raise NotFound
    return row


def twins(card: ListingCard, *, at: datetime) -> list[Listing]:
    """Open listings that look like the same cargo: same kind, road and days, and equal or unknown
    measures.
    """
    rows = Listing.objects.filter(
        status=Listing.Status.OPEN,
        expires_at__gt=at,
        fingerprint=card.fingerprint,
    )
    for field in ("weight_kg", "volume_m3"):
        value = getattr(card, field)
        if value is not None:
            rows = rows.filter(Q(**{field: value}) | Q(**{field: None}))
    if card.adr:
        rows = rows.filter(adr__in=["", card.adr])
    return list(rows.order_by("-published_at")[:5])


def _threads() -> QuerySet[Offer]:
    rounds = Prefetch("rounds", queryset=Round.objects.order_by("number"))
    return (
        Offer.objects.select_related("carrier")
        .prefetch_related("listing", rounds)
        .order_by("-updated_at", "-id")
    )


def offers_on(listing_id: UUID) -> QuerySet[Offer]:
    """Offers on a listing that the current role may see: all for its owner, the own ones for a
    carrier.
    """
    return _threads().filter(listing_id=listing_id)


def offers_of(carrier_id: UUID, *, driver_id: UUID | None = None) -> QuerySet[Offer]:
    """A carrier's offers; a driver's app names the driver and sees the driver's own alone."""
    mine = _threads().filter(carrier_id=carrier_id)
    return mine.filter(driver_id=driver_id) if driver_id else mine


def offers_to(owner_role: str) -> QuerySet[Offer]:
    """All offers on one owner's listings."""
    return _threads().filter(owner_role=owner_role)


def offers_by(carrier_role: str) -> QuerySet[Offer]:
    """All offers that a reseller's own carriers made."""
    return _threads().filter(carrier_role=carrier_role)


def carries(carrier_id: UUID) -> bool:
    """Whether anything was ever done in this carrier's name: bids, trips, drivers, vehicles."""
    rows = (Offer, Job, Driver, Vehicle)
    return any(model._default_manager.filter(carrier_id=carrier_id).exists() for model in rows)


def thread(offer_id: UUID) -> Offer:
    """One offer with its rounds. Raises NotFound for whoever is neither side."""
    offer = _threads().filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    return offer
