"""The files of places, regions and countries, read once when they are first needed.

places.json: cities from GeoNames (CC BY 4.0), border posts, ports and markets by hand.
regions.csv: names of ISO 3166-2; countries.csv: names of countries as people write them.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from tenants.kit.places.place import Place

HERE = Path(__file__).parent
SOURCE = HERE.parent / "places.json"
LANGUAGES = ("ru", "th", "ky")


class PlaceRow(TypedDict):
    """A row of places.json."""

    id: str
    en: str
    ru: NotRequired[str]
    th: NotRequired[str]
    ky: NotRequired[str]
    country: str
    region: str
    lat: float
    lon: float
    zone: str
    pop: int
    kind: NotRequired[str]
    also: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A country or a region: its code, its names by language, and other spellings."""

    code: str
    names: dict[str, str]
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """In the language; Kyrgyz falls back to Russian, everything else to English."""
        names = self.names
        fallback = names.get("ru") if language == "ky" else None
        return names.get(language) or fallback or names["en"]


@lru_cache(maxsize=1)
def everything() -> tuple[Place, ...]:
    """The whole list of places."""
    text = SOURCE.read_text(encoding="utf-8")
    rows = json.loads(text)
    return tuple(map(_place, rows))


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Place]:
    places = {}
    for place in everything():
        places[place.id] = place
    return places


def by_id(place_id: str) -> Place | None:
    """The place of this id; None when there is none."""
    return _by_id().get(place_id)


@lru_cache(maxsize=1)
def countries() -> dict[str, Named]:
    """The countries by their codes."""
    return _named("countries.csv")


@lru_cache(maxsize=1)
def regions() -> dict[str, Named]:
    """The regions by their codes."""
    return _named("regions.csv")


def country_name(place: Place, language: str) -> str:
    """The country it lies in."""
    return countries()[place.country].name(language)


def region_name(place: Place, language: str) -> str:
    """The region it lies in."""
    return regions()[place.region].name(language)


def whereabouts(place: Place, language: str) -> str:
    """Region and country, as they stand beside the name; a city's own region is not said again."""
    region = region_name(place, language)
    country = country_name(place, language)
    return country if region == place.name(language) else f"{region}, {country}"


def _place(row: PlaceRow) -> Place:
    names = {
        "ru": row.get("ru"),
        "th": row.get("th"),
        "ky": row.get("ky"),
    }
    return Place(
        id=row["id"],
        english=row["en"],
        country=row["country"],
        region=row["region"],
        lat=row["lat"],
        lon=row["lon"],
        zone=row["zone"],
        kind=row.get("kind", "city"),
        population=row["pop"],
        names={language: name for language, name in names.items() if name is not None},
        also=tuple(row.get("also", ())),
    )


def _named(file: str) -> dict[str, Named]:
    """The rows of a file of names, by their code."""
    path = HERE / file
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["code"]: _named_of(row) for row in rows}


def _named_of(row: dict[str, str]) -> Named:
    also = row.get("also") or ""
    names = {language: row.get(language, "") for language in ("en", *LANGUAGES)}
    return Named(
        row["code"],
        {language: name for language, name in names.items() if name},
        tuple(also.split("|")) if also else (),
    )
