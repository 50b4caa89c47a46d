"""A place: somewhere freight goes to, with its country, region and time zone."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenants.kit.geo import Point


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Somewhere freight goes to. `population` is in thousands; border posts, ports and markets have
    none. `region` is the code of ISO 3166-2.
    """

    id: str
    english: str
    country: str
    region: str
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

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name in every language."""
        return (self.english, *self.names.values(), *self.also)
