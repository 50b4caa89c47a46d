"""Spellings of places: the golden table, their kinds, and that a picker's words mean what it showed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import places
from tenants.kit.geo import Point, haversine_km

GOLDEN = Path(__file__).parents[1] / "golden" / "places.csv"
ROWS = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))
NEAR_KM = 12
LANGUAGES = ("ru", "th", "en", "ky")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["spelling"])
def test_spelling_means_the_place_of_the_golden_table(row: dict[str, str]) -> None:
    answer = places.resolve(row["spelling"])
    if row["expected_place"] in ("ambiguous", "none"):
        assert answer.result == row["expected_place"]
        return
    place = answer.place
    assert place and place.english in row["expected_place"].split("|")
    assert place.country == row["expected_country"]
    assert place.region == (row["expected_region"] or place.region)
    there = Point(float(row["lat"]), float(row["lon"]))
    assert haversine_km(place.point, there) <= NEAR_KM


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Алматы, KZ", ["kz-almaty"]),
        ("Алматы KZ", ["kz-almaty"]),
        ("KG Бишкек", ["kg-bishkek"]),
        ("Россия, Москва", ["ru-moscow"]),
        ("Московская обл., г. Химки", ["ru-khimki"]),
        ("Каскелен, Алматы", ["kz-kaskeleng"]),
        ("Железногорск Красноярский край", ["ru-zheleznogorsk-kya"]),
        ("Ош, Ошская область", ["kg-osh"]),
        ("Бишкек, ул. Чуй 1", ["kg-bishkek"]),
        ("В.Новгород", ["ru-velikiy-novgorod"]),
        ("Ст. Оскол", ["ru-staryy-oskol"]),
        ("Владик", ["ru-vladivostok", "ru-vladikavkaz"]),
        ("Лениногорск", ["ru-leninogorsk", "kz-ridder"]),
        ("Дубай", ["ae-dubai"]),
        ("Курык", ["kz-kuryk"]),
        ("Троицк", ["ru-troitsk"]),
        ("Кызыл-Жар", ["kz-petropavl"]),
        ("Таш-Көмүр", ["kg-tash-kumyr"]),
        ("จังหวัดขอนแก่น", ["th-khon-kaen"]),
        ("อ.เมือง เชียงใหม่", ["th-chiang-mai"]),
        ("เชียงไหม่", ["th-chiang-mai"]),
        ("ภูเก็ต ประเทศไทย", ["th-phuket"]),
        ("Osh, TH", []),
        ("Ош, XX", []),
        ("Московская область", []),
        ("Казахстан", []),
        ("машина", []),
        ("сахар", []),
        ("Нарин", ["kg-naryn"]),
        ("район", []),
        ("шины", []),
        ("Отар", ["kz-otar"]),
        ("Москва - Бишкек", []),
        ("нар", []),
        ("", []),
        ("я" * 5000, []),
    ],
)
def test_siblings_of_the_golden_spellings(text: str, ids: list[str]) -> None:
    assert [place.id for place in places.resolve(text).candidates] == ids


def test_stavropol_is_never_tolyatti() -> None:
    assert [place.id for place in places.resolve("Ставрополь").candidates] == ["ru-stavropol"]
    assert "ru-tolyatti" not in [place.id for place in places.search("Ставрополь")]


def test_of_several_places_those_at_home_come_first() -> None:
    assert [place.country for place in places.resolve("Аксу", "KZ").candidates] == [
        "KZ",
        "KZ",
        "CN",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_picker_mean_the_place_it_showed(language: str) -> None:
    for place in places.everything():
        assert places.find(places.label(place, language)) is place


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    answer = places.resolve(text)
    ids = [place.id for place in answer.candidates]
    assert len(ids) == len(set(ids))
    assert (answer.place is None) == (len(ids) != 1)
    assert set(answer.candidates) <= set(places.everything())
