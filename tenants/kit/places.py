"""Cities, border posts, ports and markets by name, in Russian, Thai, Kyrgyz and English.

places.json: cities from GeoNames (CC BY 4.0), the rest by hand. Distances between places are as the
crow flies.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from tenants.kit.geo import Point, haversine_km

NO_APOSTROPHES = str.maketrans("", "", "'`´‘’ʹʻʼʽ")
SOURCE = Path(__file__).with_name("places.json")


class PlaceRow(TypedDict):
    """A row of places.json."""

    en: str
    ru: NotRequired[str]
    th: NotRequired[str]
    ky: NotRequired[str]
    country: str
    lat: float
    lon: float
    zone: str
    pop: int
    kind: NotRequired[str]
    also: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere freight goes to. `population` is in thousands; border posts, ports and markets have
    none.
    """

    english: str
    country: str
    lat: float
    lon: float
    zone: str
    kind: str = "city"
    population: int = 0
    names: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)

    def name(self, language: str = "en") -> str:
        """In the language, else in English; Kyrgyz falls back to Russian first."""
        if language == "ky" and "ky" not in self.names:
            language = "ru"
        return self.names.get(language, self.english)


def search(text: str, language: str = "ru", limit: int = 10) -> list[Place]:
    """Places whose name in any language begins with `text`, then those where a later word does; big
    ones first.
    """
    beginning = folded(text)
    if not beginning:
        return []
    ranked = sorted(
        (rank, -place.population, place.name(language), number)
        for number, (place, spellings) in enumerate(_index())
        if (rank := _rank(beginning, spellings)) is not None
    )
    return [_index()[number][0] for *_, number in ranked[:limit]]


def find(name: str) -> Place | None:
    """The place of exactly this name in any language, the biggest if there are several; "Osh, KG"
    names the country.
    """
    city, _, country = name.partition(",")
    places = _by_name().get(folded(city), ())
    code = country.strip().upper()
    return next(
        (place for place in places if len(code) != 2 or place.country == code),
        None,
    )


def is_named(place: Place, text: str) -> bool:
    """Whether the text, without a country behind a comma, is a name of the place in any language."""
    return folded(text.partition(",")[0]) in _spellings(place)


def distance_km(a: str, b: str) -> int | None:
    """Between two places by name, as the crow flies; None when one is unknown."""
    start = find(a)
    end = find(b)
    return round(haversine_km(start.point, end.point)) if start and end else None


def nearest(point: Point) -> Place:
    """The place nearest to a position: what a map says of a truck."""
    return min(everything(), key=lambda place: haversine_km(point, place.point))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents (ё as е, й as и) and apostrophes, other signs as blanks; Thai vowel
    signs stay, they are letters.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(NO_APOSTROPHES))
    return " ".join("".join(map(_as_compared, plain)).split())


def _as_compared(sign: str) -> str:
    if "\u0e00" <= sign <= "\u0e7f":
        return sign
    if unicodedata.combining(sign):
        return ""
    return sign if sign.isalnum() else " "


class Row(TypedDict):
    """A place as the file keeps it."""

    en: str
    country: str
    lat: float
    lon: float
    zone: str
    pop: int
    kind: NotRequired[str]
    also: NotRequired[list[str]]
    ru: NotRequired[str]
    th: NotRequired[str]
    ky: NotRequired[str]


@lru_cache(maxsize=1)
def everything() -> tuple[Place, ...]:
    return tuple(_place(row) for row in json.loads(SOURCE.read_text(encoding="utf-8")))


def _place(row: PlaceRow) -> Place:
    return Place(
        english=row["en"],
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        zone=row["zone"],
        kind=row.get("kind", "city"),
        population=row["pop"],
        also=tuple(row.get("also", ())),
        names=_names(row),
    )


def _names(row: PlaceRow) -> dict[str, str]:
    names = {
        "ru": row.get("ru"),
        "th": row.get("th"),
        "ky": row.get("ky"),
    }
    return {language: name for language, name in names.items() if name is not None}


@lru_cache(maxsize=1)
def _index() -> tuple[tuple[Place, frozenset[str]], ...]:
    return tuple((place, _spellings(place)) for place in everything())


def _spellings(place: Place) -> frozenset[str]:
    return frozenset(
        map(
            folded,
            (place.english, *place.names.values(), *place.also),
        )
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Place]]:
    names: dict[str, list[Place]] = {}
    for place, spellings in sorted(_index(), key=lambda pair: -pair[0].population):
        for spelling in spellings:
            names.setdefault(spelling, []).append(place)
    return names


def _rank(text: str, spellings: frozenset[str]) -> int | None:
    if text in spellings:
        return 0
    if any(spelling.startswith(text) for spelling in spellings):
        return 1
    return 2 if any(f" {text}" in spelling for spelling in spellings) else None
