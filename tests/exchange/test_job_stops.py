"""Stops of a job: plain JSON in the row, JobStop in code."""

from __future__ import annotations

from datetime import date

import pytest

from orders.carrier_view import has_border
from tenants.exchange.job_stops import JobStop, ends_of, stops_of
from tenants.exchange.models import Job

OSH = JobStop(
    kind="unloading",
    place="Ош",
    country="KG",
    lat=40.53,
    lon=72.8,
    phone="+996700445566",
    on=date(2026, 3, 13),
    window="09:00–12:00",
)


def test_a_stop_comes_back_as_it_was_kept() -> None:
    kept = OSH.kept()
    assert kept["on"] == "2026-03-13"
    assert JobStop.read(kept) == OSH
    assert OSH.map_url == "geo:40.53,72.8"


def test_a_stop_of_an_older_row_has_gaps() -> None:
    stop = JobStop.read({"place": "Бишкек", "on": None, "lat": None, "colour": "red"})
    assert stop == JobStop(kind="", place="Бишкек")
    assert stop.map_url == ""


def test_the_ends_of_a_job() -> None:
    job = Job(
        stops=[
            {"kind": "loading", "place": "Бишкек"},
            {"kind": "border"},
            OSH.kept(),
        ]
    )
    assert [end.place for end in ends_of(job)] == ["Бишкек", "Ош"]
    assert len(stops_of(job)) == 3
    assert [end.place for end in ends_of(Job(stops=[]))] == ["—", "—"]


@pytest.mark.parametrize(
    ("stops", "border"),
    [
        ([JobStop("loading", "Бишкек", "KG"), OSH], False),
        ([JobStop("loading", "Алматы", "KZ"), OSH], True),
        (
            [
                JobStop("loading", "Бишкек"),
                JobStop("customs", "Достук"),
                OSH,
            ],
            True,
        ),
        ([], False),
    ],
)
def test_a_border_is_two_countries_or_a_stop_there(stops: list[JobStop], border: bool) -> None:
    assert has_border(stops) is border
