"""Which place a text means: one, several, or none on the map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tenants.kit.places.data import by_id, country_name, region_name
from tenants.kit.places.hints import (
    Hint,
    bare,
    country_of,
    hint_of,
    is_street,
    names_a_region,
)
from tenants.kit.places.index import begun, named, nearly_named, set_of
from tenants.kit.places.place import Place

SPLIT = re.compile(r"[,;()|]|\s/\s")
LONGEST = 120


class Result(StrEnum):
    ONE = "one"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means: `candidates` are the places that it may name, the biggest first."""

    candidates: tuple[Place, ...]

    @property
    def result(self) -> Result:
        """Whether it names one place, several or none."""
        if len(self.candidates) == 1:
            return Result.ONE
        return Result.AMBIGUOUS if self.candidates else Result.NONE

    @property
    def place(self) -> Place | None:
        """The one place that is meant."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def resolve(text: str, home_country: str = "") -> Resolution:
    """What the text means. Of several places those at home come first; none of them is chosen."""
    places = _resolved(_clean(text))
    at_home = sorted(places, key=lambda place: place.country != home_country)
    return Resolution(tuple(at_home))


def find(text: str) -> Place | None:
    """The one place that the text means."""
    return resolve(text).place


def search(text: str, limit: int = 10) -> list[Place]:
    """Places to choose from while the text is typed: those it means, then those that begin so."""
    clean = _clean(text)
    parts = _parts(clean)
    if not parts:
        return []
    beginning = _narrowed(begun(parts[0]), parts[1:])
    listed = set_of([*_resolved(clean), *beginning])
    return listed[:limit]


def label(place: Place, language: str) -> str:
    """How a picker writes the place: its name, with region and country as far as they are needed to
    tell it from others. The text means this very place.
    """
    return _label(place.id, language)


@lru_cache(maxsize=8192)
def _label(place_id: str, language: str) -> str:
    place = by_id(place_id)
    assert place is not None
    name = place.name(language)
    region = region_name(place, language)
    country = country_name(place, language)
    forms = (
        name,
        f"{name}, {region}",
        f"{name}, {country}",
        f"{name}, {region}, {country}",
        f"{place.english}, {region_name(place, 'en')}",
    )
    point = f"{name} ({place.lat} {place.lon})"
    return next((form for form in forms if find(form) is place), point)


@lru_cache(maxsize=4096)
def _resolved(text: str) -> tuple[Place, ...]:
    if not text:
        return ()
    return (
        named(text)
        or _beside_hints(_parts(text))
        or _before_country(text)
        or _mistyped(_parts(text))
    )


def _clean(text: str) -> str:
    """The text with single blanks, cut where no name is so long."""
    words = text[:LONGEST].split()
    return " ".join(words)


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in SPLIT.split(text)]
    return list(filter(None, parts))


def _hints(parts: Iterable[str]) -> list[Hint]:
    hints = map(hint_of, parts)
    return [hint for hint in hints if hint is not None]


def _named(part: str) -> tuple[Place, ...]:
    """The places of a part of the text, with or without a word for their kind."""
    if is_street(part):
        return ()
    for form in bare(part):
        places = named(form)
        if places:
            return places
    return ()


def _beside_hints(parts: Sequence[str]) -> tuple[Place, ...]:
    """The first part that names places, narrowed by what the other parts say."""
    for part in parts:
        if len(parts) > 1 and _is_wide(part):
            continue
        places = _named(part)
        if places:
            beside = [other for other in parts if other is not part]
            return _narrowed(places, beside)
    return ()


def _is_wide(text: str) -> bool:
    """Whether it names a country or a region."""
    return country_of(text) is not None or names_a_region(text)


def _narrowed(places: Iterable[Place], beside: Iterable[str]) -> tuple[Place, ...]:
    """The places that all hints beside the name allow."""
    kept = list(places)
    for hint in _hints(beside):
        kept = list(filter(hint, kept))
    return tuple(kept)


def _before_country(text: str) -> tuple[Place, ...]:
    """A country or a region without a comma: «Москва РФ», «Ташкент Узбекистан», "KG Osh"."""
    words = text.split(" ")
    for size in (1, 2, 3):
        for name, beside in (
            (words[:-size], words[-size:]),
            (words[size:], words[:size]),
        ):
            hint = " ".join(beside)
            if name and _is_wide(hint):
                places = _narrowed(_named(" ".join(name)), [hint])
                if places:
                    return places
    return ()


def _mistyped(parts: Sequence[str]) -> tuple[Place, ...]:
    """The place whose name the first part misses by a letter."""
    first = parts[0] if parts else ""
    if not first or is_street(first) or _is_wide(first):
        return ()
    for form in bare(first):
        places = nearly_named(form)
        if places:
            return _narrowed(places, parts[1:])
    return ()
