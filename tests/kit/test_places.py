"""Places by name in four languages, and the grid on the globe."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import places
from tenants.kit.geo import (
    Point,
    box_around,
    cell,
    cells_in,
    haversine_km,
    is_point,
)

points = st.builds(Point, st.floats(-60, 75), st.floats(-170, 170))


@pytest.mark.parametrize(
    ("spelling", "english"),
    [
        ("Бишкек", "Bishkek"),
        ("bishkek", "Bishkek"),
        ("บิชเคก", "Bishkek"),
        ("Ош", "Osh"),
        ("Өзгөн", "Uzgen"),
        ("กรุงเทพมหานคร", "Bangkok"),
        ("Чиангмай", "Chiang Mai"),
        ("Урумчи", "Urumqi"),
        ("Ürümqi", "Urumqi"),
        ("Джалал Абад", "Jalal-Abad"),
        ("санкт-петербург", "Saint Petersburg"),
        ("Орел", "Orël"),
        ("Иркештам", "Irkeshtam"),
        ("Torugart Pass", "Torugart"),
        ("Хоргос", "Khorgos"),
        ("Достык", "Dostyk"),
        ("แหลมฉบัง", "Laem Chabang"),
        ("Ботен", "Mohan–Boten"),
        ("Nong Khai", "Nong Khai"),
        ("Ак-Жол", "Ak-Zhol"),
        ("Дордой", "Dordoi"),
        ("Osh, KG", "Osh"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(spelling: str, english: str) -> None:
    place = places.find(spelling)
    assert place and place.english == english


@pytest.mark.parametrize("nonsense", ["", "  ", "Нетгород", "Osh, TH"])
def test_what_is_no_place_is_none(nonsense: str) -> None:
    assert places.find(nonsense) is None


def test_typing_the_first_letters_offers_the_big_ones_first() -> None:
    assert [place.name("ru") for place in places.search("мос", 1)] == ["Москва"]
    assert "เชียงใหม่" in [place.name("th") for place in places.search("เชียง", 3)]
    assert [p.english for p in places.search("novgorod")] == [
        "Velikiy Novgorod",
        "Nizhny Novgorod",
    ]
    assert places.search("") == []


def test_place_without_a_name_in_the_language_takes_the_next() -> None:
    osh = places.find("Osh")
    assert osh and [osh.name(language) for language in ("ru", "ky", "th", "en")] == [
        "Ош",
        "Ош",
        "ออช",
        "Osh",
    ]
    batken = places.find("Нижний Тагил")
    assert batken and batken.name("th") == "Nizhny Tagil"


def test_every_place_is_whole() -> None:
    ids = [place.id for place in places.everything()]
    assert len(ids) == len(set(ids)) and max(map(len, ids)) <= 60
    for place in places.everything():
        assert places.by_id(place.id) is place
        assert place.region.startswith("CN-" if place.country == "HK" else f"{place.country}-")
        for language in ("ru", "th", "en", "ky"):
            assert places.region_name(place, language) and places.country_name(place, language)
        assert (
            is_point(place.lat, place.lon)
            and len(place.country) == 2
            and place.kind in ("city", "border", "port", "market")
        )
        assert ZoneInfo(place.zone)
    kinds = [place.kind for place in places.everything()]
    assert len(kinds) > 1500 and kinds.count("border") >= 30 and kinds.count("port") >= 8


CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def test_every_region_and_country_with_a_place_has_a_russian_name() -> None:
    latin = {
        places.whereabouts(place, "ru")
        for place in places.everything()
        if not CYRILLIC.search(places.region_name(place, "ru"))
        or not CYRILLIC.search(places.country_name(place, "ru"))
    }
    assert latin == set()


@pytest.mark.parametrize(
    ("name", "whereabouts"),
    [
        ("Phuket", "Пхукет, Таиланд"),
        ("Erzurum", "Эрзурум, Турция"),
        ("Chiang Rai", "Чианграй, Таиланд"),
    ],
)
def test_a_place_abroad_stands_in_its_region_in_russian(name: str, whereabouts: str) -> None:
    place = places.find(name)
    assert place is not None
    region = places.region_name(place, "ru")
    assert f"{region}, {places.country_name(place, 'ru')}" == whereabouts


def test_the_nearest_place_names_a_position() -> None:
    assert places.nearest(Point(42.88, 74.6)).english in (
        "Bishkek",
        "Osh Bazaar",
    )


@given(points, points)
def test_distance_is_symmetric_and_never_negative(a: Point, b: Point) -> None:
    assert (
        haversine_km(a, b) == pytest.approx(haversine_km(b, a), abs=1e-6)
        and haversine_km(a, a) == 0
    )


@given(points, st.floats(1, 900), st.floats(-1, 1), st.floats(-1, 1))
def test_the_rectangle_and_its_cells_hold_the_circle(
    centre: Point, km: float, up: float, right: float
) -> None:
    box = box_around(centre, km)
    near = Point(
        centre.lat + up * (box.north - centre.lat),
        centre.lon + right * (box.east - centre.lon),
    )
    if haversine_km(centre, near) <= km:
        assert box.south <= near.lat <= box.north and box.west <= near.lon <= box.east
        assert cell(near.lat, near.lon) in cells_in(box)


@given(points, st.floats(1, 900), st.floats(0, 360))
def test_no_point_within_the_radius_is_outside_the_rectangle(
    centre: Point, km: float, bearing: float
) -> None:
    """Walk `km` from the centre along a great circle: the end lies in the rectangle."""
    from math import asin, atan2, cos, degrees, radians, sin

    way = km / 6371.0088
    turn = radians(bearing)
    lat = radians(centre.lat)
    end_lat = asin(sin(lat) * cos(way) + cos(lat) * sin(way) * cos(turn))
    end_lon = radians(centre.lon) + atan2(
        sin(turn) * sin(way) * cos(lat),
        cos(way) - sin(lat) * sin(end_lat),
    )
    box = box_around(centre, km)
    slack = 1e-3
    assert box.south - slack <= degrees(end_lat) <= box.north + slack
    if -180 <= degrees(end_lon) <= 180:
        assert box.west - slack <= degrees(end_lon) <= box.east + slack


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(91, 0), (0, -181), (float("nan"), 0), (0, float("inf"))],
)
def test_what_is_no_point(lat: float, lon: float) -> None:
    assert not is_point(lat, lon)


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("Baoan", "Bao'an"),
        ("Bao’an", "Bao'an"),
        ("Bao`an", "Bao'an"),
        ("baoʼan", "Bao'an"),
        ("«Bao´an»", "Bao'an"),
        ("(Бишкек)", "Bishkek"),
        (".Бишкек.", "Bishkek"),
    ],
)
def test_signs_do_not_matter(typed: str, english: str) -> None:
    place = places.find(typed)
    assert place and place.english == english
    assert places.search(typed)[0].english == english
