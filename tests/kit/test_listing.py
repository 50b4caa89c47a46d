"""A list declared once: head, chips, tabs, columns, pager and export come from its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from tenants.kit.counting import CappedCount
from tenants.kit.keyset import Page, Sort
from tenants.kit.listing import (
    Column,
    Empty,
    Listing,
    SavedTab,
    Tab,
    counted,
    tidy,
)
from tenants.kit.listing_cells import Cells

NEWEST = Sort("on", "on", descending=True)
COLUMNS = (
    Column("ref", "Code", "ref", Sort("ref", "ref"), fixed=True, opens=True),
    Column("on", "Day", "on", NEWEST),
    Column(
        "price",
        "Price",
        "price",
        numeric=True,
        text=lambda row: f"{row.price} KGS",
    ),
    Column("note", "Note", "note", hidden=True),
    Column("currency", "Currency", lambda row: "KGS", on_page=False),
    Column("act", "Act", "ref", exported=False),
)
TRIPS = Listing(
    name="test.trips",
    title="Trips",
    url="orders:order-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="orders:order-card",
    opens_by="ref",
    named_by="ref",
    picked_by="ref",
    export="orders:order-export",
    tabs=(Tab("all", "All"), Tab("mine", "Mine", {"view": "mine"})),
    empty=Empty("No trips yet"),
)


class Filters(forms.Form):
    body = forms.ChoiceField(
        label="Body",
        choices=[("", "Any"), ("tent", "Tent")],
        required=False,
    )
    day = forms.DateField(label="Day", required=False)
    lot = forms.UUIDField(label="One lot", required=False, widget=forms.HiddenInput)

    @staticmethod
    def words_of_lot(_lot: Any) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Trip:
    ref: str
    on: date | None = None
    price: Decimal = Decimal("10.5")
    note: str = ""


def shown(query: str = "", *rows: Trip, listing: Listing = TRIPS, **more: Any) -> Any:
    request: Any = RequestFactory().get(f"/orders/?{query}")
    address = listing.address(request, Filters(request.GET))
    with translation.override("ru"):
        return listing.shown(address, Page(list(rows)), **more)


def test_columns_chosen_stand_beside_the_fixed_ones() -> None:
    usual = [head.key for head in shown().columns]
    assert usual == ["ref", "on", "price", "act"]
    assert [head.key for head in shown("cols=note&cols=nonsense").columns] == ["ref", "note"]
    choices = [(choice.key, choice.on) for choice in shown("cols=note").column_choices]
    assert choices == [
        ("ref", True),
        ("on", False),
        ("price", False),
        ("note", True),
        ("act", False),
    ]


def test_a_heading_sorts_first_as_its_sort_begins_and_then_the_other_way() -> None:
    by_day = {head.key: (head.sorted, head.sort_url) for head in shown("q=a&page=3").columns}
    assert by_day["on"] == ("desc", "/orders/?q=a&sort=on")
    assert by_day["ref"] == ("", "/orders/?q=a&sort=ref")
    assert by_day["price"] == ("", "")
    again = {head.key: head.sort_url for head in shown("sort=ref").columns}
    assert again["ref"] == "/orders/?sort=-ref"


def test_a_sort_that_the_reader_may_not_see_is_not_there() -> None:
    request: Any = RequestFactory().get("/orders/?sort=ref")
    columns = [replace(column, sort=None) if column.key == "ref" else column for column in COLUMNS]
    address = TRIPS.address(request, columns=columns)
    assert address.sort == NEWEST


def test_cells_are_written_as_their_type_and_as_the_column_says() -> None:
    row = shown("", Trip("A/1", date(2026, 3, 5))).rows[0]
    assert row.texts == {
        "ref": "A/1",
        "on": "05.03.2026",
        "price": "10.5 KGS",
        "act": "A/1",
    }
    assert (row.url, row.name, row.key) == ("/orders/A%2F1/", "A/1", "A/1")
    assert Cells.written(None) == Cells.written("") == "—"


def test_a_text_of_fields_is_made_once_for_each_of_their_values() -> None:
    calls: list[tuple[Any, ...]] = []

    def text_of(*values: Any) -> str:
        calls.append(values)
        return "x"

    columns = (
        Column("note", "Note", "note", text=text_of, per=("note",), fixed=True),
        Column(
            "both",
            "Both",
            "note",
            text=text_of,
            per=("note", "price"),
            fixed=True,
        ),
    )
    rows = [Trip(str(number), note="a") for number in range(3)]
    page = shown("", *rows, listing=replace(TRIPS, columns=columns))
    assert calls == [("a",), ("a", Decimal("10.5"))]
    assert [row.texts for row in page.rows] == [{"note": "x", "both": "x"}] * 3


def test_active_filters_are_chips_with_their_way_out() -> None:
    page = shown("body=tent&day=2026-03-05&lot=00000000-0000-0000-0000-000000000001&sort=ref")
    chips = [(chip.label, chip.is_wrong) for chip in page.chips]
    assert chips == [
        ("Body: Tent", False),
        ("Day: 05.03.2026", False),
        ("One lot", False),
    ]
    assert "body" not in page.chips[0].remove_url and "sort=ref" in page.chips[0].remove_url


def test_a_filter_that_does_not_parse_is_said_and_narrows_nothing() -> None:
    request: Any = RequestFactory().get("/orders/?day=yesterday&body=tent")
    address = TRIPS.address(request, Filters(request.GET))
    assert address.filters == {"body": "tent"}
    page = TRIPS.shown(address, Page([]))
    wrong = [chip for chip in page.chips if chip.is_wrong]
    assert len(wrong) == 1 and wrong[0].label.startswith("Day: ")
    assert wrong[0].remove_url == "/orders/?body=tent"
    assert page.filters and page.filters.errors["day"]


def test_links_go_to_the_first_page_and_a_cursor_is_bound_to_what_is_asked() -> None:
    request: Any = RequestFactory().get("/orders/?q=a&cols=on&sort=ref&cursor=x&page=2&body=")
    address = TRIPS.address(request)
    assert address.narrowing == {"q": ["a"]}
    assert address.link(view="mine") == "/orders/?q=a&cols=on&sort=ref&body=&view=mine"


def test_tabs_stand_out_by_what_the_address_asks() -> None:
    saved = [SavedTab("Own", "cols=on&q=a", "/delete/")]

    def active(query: str) -> list[str]:
        return [tab.label for tab in shown(query, saved=saved).views if tab.active]

    assert active("") == active("view=nonsense") == ["All"]
    assert active("view=mine&q=b") == ["Mine"]
    assert active("q=a&cols=on&cursor=x") == ["Own"]


def test_a_tab_keeps_the_filters_where_its_count_follows_them() -> None:
    narrow = replace(TRIPS, tabs_narrow=True)
    urls = [tab.url for tab in shown("q=a&view=mine", listing=narrow).views]
    assert urls == ["/orders/?q=a", "/orders/?q=a&view=mine"]
    assert [tab.url for tab in shown("q=a").views] == [
        "/orders/",
        "/orders/?view=mine",
    ]


def test_a_count_is_told_up_to_a_thousand() -> None:
    with translation.override("en"):
        assert _counts_in_words() == ["", "0", "1,000", "1,000+", "7", "1,000+"]


def _counts_in_words() -> list[str]:
    counts = (
        None,
        0,
        1000,
        1001,
        CappedCount(7, more=False),
        CappedCount(1000, more=True),
    )
    return [counted(one) for one in counts]


def test_the_export_has_every_column_in_its_own_values() -> None:
    request: Any = RequestFactory().get("/orders/export/?cols=on&format=csv")
    address = TRIPS.address(request)
    answer = TRIPS.file(address, [Trip("A-1", date(2026, 3, 5), note="=1")])
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == [
        '"Code";"Day";"Price";"Note";"Currency"',
        '"A-1";"2026-03-05";10.5;"\'=1";"KGS"',
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="trips.csv"'


def test_a_view_is_the_same_however_its_address_was_written() -> None:
    queries = ("b=2&a=1&page=4", "a=1&b=2&c=&cursor=x")
    assert {tidy(QueryDict(query)) for query in queries} == {"a=1&b=2"}


@pytest.mark.parametrize(
    ("ending", "maker"),
    [("py", "tenants/kit/pills.py"), ("html", "templates/ui/_atoms.html")],
)
def test_a_pill_is_made_in_one_place(ending: str, maker: str) -> None:
    root = Path(settings.BASE_DIR)
    files = [
        path.relative_to(root).as_posix()
        for path in root.rglob(f"*.{ending}")
        if ".venv" not in path.parts
        and "tests" not in path.parts
        and re.search('class="pill[ "]', path.read_text())
    ]
    assert files == [maker]
