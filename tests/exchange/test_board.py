"""The board of listings: what is found by place, radius, body, weight and days."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.context import PLATFORM, inside
from tenants.exchange import queries
from tenants.exchange.cards import BadCard, Town
from tenants.exchange.models import Listing
from tenants.exchange.queries import ListingFilter, open_listings
from tenants.kit.geo import Point, cell, haversine_km
from tests.exchange.helpers import (
    BISHKEK,
    DAY,
    MOSCOW,
    NOW,
    card,
    publish,
)
from tests.world import Cast

KANT = Town("Кант", "KG", 42.8911, 74.8508)
OSH = Town("Ош", "KG", 40.5283, 72.7985)


@pytest.fixture
def board(alpha: Cast, beta: Cast) -> dict[str, Any]:
    return {
        "bishkek": publish(alpha),
        "kant": publish(beta, origin=KANT, body="ref", weight_kg=Decimal(5000)),
        "osh": publish(
            beta,
            origin=OSH,
            destination=BISHKEK,
            weight_kg=None,
            body="",
            date_from=DAY + timedelta(days=10),
            date_to=DAY + timedelta(days=12),
        ),
        "nowhere": publish(
            alpha,
            origin=Town("Село Бишкек-2", "KG"),
            destination=Town("Хутор", "RU"),
            body="tank",
        ),
    }


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, "bishkek kant osh nowhere"),
        (
            {"origin": "Бишкек"},
            "bishkek kant nowhere",
        ),  # a city means its surroundings
        ({"origin": "bishkek", "within_km": 5}, "bishkek nowhere"),
        (
            {"origin": "บิชเคก", "within_km": 350},
            "bishkek kant osh nowhere",
        ),
        ({"origin": "Ош", "within_km": 250}, "osh"),
        (
            {"origin": "Кант", "within_km": 2000},
            "bishkek kant osh",
        ),  # beyond the grid: the rectangle
        ({"destination": "Москва"}, "bishkek kant"),
        ({"destination": "Бишкек", "within_km": 50}, "osh"),
        ({"origin": "KG", "destination": "ru"}, "bishkek kant nowhere"),
        ({"origin": "Хутор"}, ""),
        ({"destination": "хутор"}, "nowhere"),
        ({"body": "ref"}, "kant osh"),
        ({"weight_max": Decimal(10000)}, "kant osh"),
        ({"date_from": DAY + timedelta(days=3)}, "osh"),
        ({"date_to": DAY + timedelta(days=3)}, "bishkek kant nowhere"),
        ({"text": "ТЕКСТ"}, "bishkek kant osh nowhere"),
        ({"text": "ref of bishkek"}, "bishkek"),
    ],
)
def test_listings_are_filtered(
    board: dict[str, Any],
    alpha: Cast,
    filters: dict[str, Any],
    names: str,
) -> None:
    with inside(alpha.scope):
        if filters.get("text") == "ref of bishkek":
            filters = {"text": Listing.objects.get(pk=board["bishkek"]).ref}
        rows = {row.pk for row in open_listings(ListingFilter(**filters), at=NOW)}
    assert {name for name, pk in board.items() if pk in rows} == set(names.split())


def test_two_towns_of_one_name_are_both_searched(alpha: Cast) -> None:
    """Also where the listing spells its town otherwise."""
    kursk = Town("Железногорск, Курская область", "RU", 52.342, 35.3592)
    siberia = Town("Zheleznogorsk", "RU", 56.2511, 93.5314)
    both = {publish(alpha, origin=kursk), publish(alpha, origin=siberia)}
    publish(alpha, origin=MOSCOW)
    with inside(alpha.scope):
        rows = list(open_listings(ListingFilter(origin="Железногорск"), at=NOW))
        assert {row.pk for row in rows} == both
        assert all(row.from_away_km < 1 for row in rows)
        text = "Железногорск, Красноярский край"
        (only,) = open_listings(ListingFilter(origin=text), at=NOW)
        assert only.from_city == siberia.city


def test_only_open_and_timely_ones(board: dict[str, Any], alpha: Cast) -> None:
    with inside(alpha.scope):
        assert open_listings(ListingFilter(), at=NOW + timedelta(days=3)).count() == 0


def test_sql_and_python_agree_on_distance_and_cell(board: dict[str, Any], alpha: Cast) -> None:
    bishkek = Point(42.87, 74.59)
    with inside(alpha.scope):
        rows = open_listings(ListingFilter(origin="Бишкек", within_km=900), at=NOW).exclude(
            from_lat=None
        )
        assert len(rows) == 3
        for row in rows:
            assert row.from_lat is not None and row.from_lon is not None
            point = Point(row.from_lat, row.from_lon)
            assert row.from_away_km == pytest.approx(haversine_km(bishkek, point), abs=0.001)
            assert row.from_cell == cell(point.lat, point.lon)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_is_one_query(alpha: Cast, rows: int) -> None:
    for _ in range(rows):
        publish(alpha)
    with (
        inside(alpha.scope),
        CaptureQueriesContext(connection) as queries_run,
    ):
        assert (
            len(
                open_listings(
                    ListingFilter(origin="Бишкек", within_km=100),
                    at=NOW,
                )
            )
            == rows
        )
    assert len(queries_run) == 1


def test_the_radius_search_uses_the_grid(alpha: Cast) -> None:
    publish(alpha)
    with inside(alpha.scope):
        plan = (
            open_listings(ListingFilter(origin="Бишкек", within_km=150), at=NOW)
            .order_by()
            .explain()
        )
    assert "from_cell" in plan


def test_a_listing_posted_twice_is_noticed(alpha: Cast, beta: Cast) -> None:
    first = publish(alpha)
    with inside(beta.scope):
        assert [row.pk for row in queries.twins(card(price=None), at=NOW)] == [first]
        assert [row.pk for row in queries.twins(card(weight_kg=None), at=NOW)] == [first]
        assert queries.twins(card(weight_kg=Decimal(1)), at=NOW) == []
        assert queries.twins(card(destination=OSH), at=NOW) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"origin": Town(" ")}, "origin"),
        ({"destination": Town("Ош", "KG", 91.0, 10.0)}, "destination"),
        ({"destination": Town("Ош", "KG", 40.0, None)}, "destination"),
        ({"date_to": DAY - timedelta(days=1)}, "date_to"),
        ({"currency": "QQQ"}, "currency"),
        ({"body": "spaceship"}, "body"),
        ({"weight_kg": Decimal(0)}, "weight_kg"),
        ({"price": Decimal(-1)}, "price"),
    ],
)
def test_a_bad_card_cannot_be_made(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCard) as caught:
        card(**changes)
    assert caught.value.field == field


def test_neither_card_nor_table_has_room_for_the_client(
    db: None,
) -> None:
    """Client, client's price, margin, street and contact cannot be published: there is nowhere to
    put them.
    """
    columns = {field.column for field in Listing._meta.get_fields() if hasattr(field, "column")}
    assert columns == {
        "id",
        "reseller_id",
        "owner_role",
        "ref",
        "from_city",
        "from_country",
        "from_lat",
        "from_lon",
        "from_cell",
        "to_city",
        "to_country",
        "to_lat",
        "to_lon",
        "to_cell",
        "date_from",
        "date_to",
        "distance_km",
        "body",
        "weight_kg",
        "volume_m3",
        "adr",
        "cargo_kind",
        "loading_types",
        "temperature_from",
        "temperature_to",
        "price",
        "currency",
        "payment_terms",
        "payment",
        "carrier_tax",
        "note",
        "status",
        "published_at",
        "expires_at",
        "closed_at",
        "fingerprint",
    }
    assert set(card().__slots__) == {
        "origin",
        "destination",
        "date_from",
        "date_to",
        "currency",
        "expires_at",
        "distance_km",
        "body",
        "weight_kg",
        "volume_m3",
        "adr",
        "cargo_kind",
        "loading_types",
        "temperature_from",
        "temperature_to",
        "price",
        "payment_terms",
        "payment",
        "carrier_tax",
        "note",
    }
    with inside(PLATFORM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relname ~ '^exchange_'"
            " AND a.attname ~ '(client|margin|customer|street|address|shipper|contact|phone|cost)'"
        )
        assert cursor.fetchall() == []


def test_distance_is_as_given_or_by_road() -> None:
    assert card(distance_km=3700).kilometres == 3700
    assert card(origin=Town("Село", "KG")).kilometres is None
    assert card(origin=MOSCOW).kilometres == 0
