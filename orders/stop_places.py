"""The place of a stop: what is stored of a text, or of a place that was chosen by its id.

A text that names no one place is kept as text: it has no country, no point and no id.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orders.errors import BadValue
from orders.models import Stop
from tenants.actor import Actor
from tenants.kit import places
from tenants.kit.geo import Point, haversine_km
from tenants.office.current import current_reseller

SAME_PLACE_KM = 50  # a street of a town may lie so far from its middle


@dataclass(frozen=True, slots=True)
class Spot:
    """What a stop stores of its place."""

    place: str
    place_id: str | None = None
    country: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def point(self) -> Point | None:
        """Where it lies; None while one of the degrees is missing."""
        lat = self.lat
        lon = self.lon
        if lat is None or lon is None:
            return None
        return Point(lat, lon)


def spot_of_text(text: str) -> Spot:
    """A place as it was typed or picked from the list."""
    place = meaning_of(text).place
    return _spot(text, place) if place else Spot(text)


def spot_sent(sent: Spot) -> Spot:
    """A place as a call sends it: an id or a text, perhaps with country and point, which stay as
    they were sent. Raises BadValue when id and text name two places.
    """
    place = _place_sent(sent)
    if place is None:
        return sent
    whole = _spot(sent.place or places.label(place, get_language() or "ru"), place)
    point = sent.point or place.point
    return Spot(
        place=whole.place,
        place_id=whole.place_id,
        country=sent.country or place.country,
        lat=point.lat,
        lon=point.lon,
    )


def id_of(stop: Stop) -> str | None:
    """The stop's place. An older stop stored none: its text decides, unless its point denies it."""
    if stop.place_id:
        return stop.place_id
    place = places.find(stop.place)
    if place is None or stop.lat is None or stop.lon is None:
        return None
    point = Point(stop.lat, stop.lon)
    return place.id if _is_near(place, point) else None


def home_of(actor: Actor) -> str:
    """The country whose places come first; a driver of the pool has none."""
    return actor.reseller.country if actor.reseller else ""


def meaning_of(text: str) -> places.Resolution:
    """What a text means here; places of the own country come first."""
    return places.resolve(text, current_reseller().country)


def _place_sent(sent: Spot) -> places.Place | None:
    candidates = meaning_of(sent.place).candidates
    if sent.place_id is None:
        return _fitting(sent, candidates)
    place = places.by_id(sent.place_id)
    if place is None:
        raise BadValue("place_id", _("There is no such place."))
    if candidates and place not in candidates:
        raise BadValue("place", _("The text names another place."))
    return place


def _fitting(sent: Spot, candidates: tuple[places.Place, ...]) -> places.Place | None:
    """The one candidate that country and point allow."""
    fitting = [place for place in candidates if sent.country in ("", place.country)]
    point = sent.point
    if point is not None:
        fitting = [place for place in fitting if _is_near(place, point)]
    return fitting[0] if len(fitting) == 1 else None


def _is_near(place: places.Place, point: Point) -> bool:
    away = haversine_km(place.point, point)
    return away <= SAME_PLACE_KM


def _spot(text: str, place: places.Place) -> Spot:
    """The text with all that is known of its place."""
    return Spot(
        place=text,
        place_id=place.id,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
    )
