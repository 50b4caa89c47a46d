"""What stands beside the name of a place: a word for its kind, its country, its region, its point."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tenants.kit.geo import Point, haversine_km
from tenants.kit.places.data import Named, countries, regions
from tenants.kit.places.folding import folded
from tenants.kit.places.index import named
from tenants.kit.places.place import Place

Hint = Callable[[Place], bool]
AROUND_KM = 150  # a place named beside another as the town it lies near
POINT_KM = 5

KINDS_BEFORE = re.compile(
    r"^(?:г|гор|город|г-д|с|сел|село|п|пос|поселок|посёлок|пгт|рп|р\.\s*п|дер|д|деревня|х|хутор|"
    r"ст|ст-ца|станица|станция|ж/д ст|аул|айыл|а|кыштак|порт|рынок|базар|кпп|мапп|погранпереход|"
    r"таможня|шаары|шаар|city of|city|gorod|g|village|town|port of|จังหวัด|จ|อำเภอ|อ|ตำบล|ต|"
    r"เมือง|อ\.เมือง|เทศบาลนคร|เทศบาลเมือง)(?:\.\s*|\s+)",
    re.IGNORECASE,
)
THAI_BEFORE = re.compile(r"^(?:จังหวัด|อำเภอ|ตำบล|เมือง|เทศบาลนคร|เทศบาลเมือง)")
KINDS_AFTER = re.compile(
    r"\s+(?:г|гор|город|шаары|шаар|ш|қ|к|қаласы|каласы|қалась|айылы|ауылы|а|sh|shahri|shahar|"
    r"shaary|qalasy|kalasy|city|town|gorod|шаҳри|шахри|шаҳар|село|с|пгт|пос|рынок|базар|базары)\.?$",
    re.IGNORECASE,
)
STREETS = re.compile(
    r"^(?:ул|улица|пр|пр-т|просп|проспект|пер|переулок|ш|шоссе|мкр|микрорайон|дом|д|склад|"
    r"street|st|road|ถนน|ซอย)\b[.\s]",
    re.IGNORECASE,
)
WORDS_OF_REGIONS = (
    "область обл край кр республика респ автономный округ ао велаят облусу облысы вилоят вилояти"
    " oblast region krai republic province oblys viloyati viloyat sheng changwat จังหวัด"
)
KINDS_OF_REGIONS = frozenset(folded(WORDS_OF_REGIONS).split(" "))
# A city that is a region of its own, and the region it lies in: people write the latter too.
SURROUNDED_BY = {
    "KG-GB": "KG-C",
    "KG-GO": "KG-O",
    "KZ-71": "KZ-11",
    "KZ-75": "KZ-19",
    "KZ-79": "KZ-61",
    "UZ-TK": "UZ-TO",
    "RU-MOW": "RU-MOS",
    "RU-SPE": "RU-LEN",
    "BY-HM": "BY-MI",
}
DEGREES = re.compile(r"^(-?\d{1,2}(?:\.\d+)?)\s+(-?\d{1,3}(?:\.\d+)?)$")


def bare(text: str) -> list[str]:
    """The text without words for its kind, the least taken off first: «г. Бишкек», «Ош шаары»."""
    forms = [text]
    before = KINDS_BEFORE.sub("", text, count=1)
    thai = THAI_BEFORE.sub("", text, count=1)
    after = KINDS_AFTER.sub("", text, count=1)
    both = KINDS_AFTER.sub("", before, count=1)
    for form in (before, thai, after, both, KINDS_BEFORE.sub("", before, count=1)):
        if form.strip() and form not in forms:
            forms.append(form.strip())
    return forms


def is_street(text: str) -> bool:
    """Whether it begins like an address within a town."""
    return bool(STREETS.match(text.strip()))


def country_of(text: str) -> str | None:
    """The code of the country that is named; also a code of two letters."""
    return _countries().get(folded(text))


def regions_of(text: str) -> tuple[str, ...]:
    """The codes of the regions that are named, with a word for their kind or without."""
    return _regions().get(_without_kind(folded(text)), ())


def names_a_region(text: str) -> bool:
    """Whether the text says region: «Красноярский край»; «Ош» alone is a town."""
    return bool(regions_of(text)) and _without_kind(folded(text)) != folded(text)


def is_unknown_code(text: str) -> bool:
    """Two capital letters that are the code of no country we know."""
    return bool(re.fullmatch("[A-Z]{2}", text)) and country_of(text) is None


def hint_of(text: str) -> Hint | None:
    """What the text says of a place beside whose name it stands; None when it says nothing known."""
    point = DEGREES.match(text)
    if point:
        near = Point(float(point[1]), float(point[2]))
        return lambda place: haversine_km(place.point, near) <= POINT_KM
    country = country_of(text)
    if country:
        return lambda place: place.country == country
    if is_unknown_code(text):
        return lambda place: False
    codes = regions_of(text)
    forms = [] if names_a_region(text) else bare(text)
    towns = tuple(town for form in forms for town in named(form))
    if not codes and not towns:
        return None
    return lambda place: _lies_in(place, codes) or _lies_near(place, towns)


def _lies_in(place: Place, codes: tuple[str, ...]) -> bool:
    """Whether it lies in one of the regions, or is a city within one."""
    around = SURROUNDED_BY.get(place.region)
    return place.region in codes or around in codes


def _lies_near(place: Place, towns: tuple[Place, ...]) -> bool:
    """Whether one of the towns is near."""
    away = [haversine_km(place.point, town.point) for town in towns]
    return min(away, default=AROUND_KM + 1) <= AROUND_KM


def _without_kind(text: str) -> str:
    """The region's name without «область» and its like."""
    words = text.split()
    kept = [word for word in words if word not in KINDS_OF_REGIONS]
    return " ".join(kept)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    codes: dict[str, str] = {}
    for country in countries().values():
        for name in _all_names(country):
            codes.setdefault(folded(name), country.code)
    return codes


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for region in regions().values():
        names = map(folded, _all_names(region))
        for name in set(map(_without_kind, names)):
            before = codes.get(name, ())
            codes[name] = (*before, region.code)
    return codes


def _all_names(named_thing: Named) -> tuple[str, ...]:
    """The code and every spelling."""
    names = named_thing.names.values()
    return (named_thing.code, *names, *named_thing.also)
