"""The measures of the source (`manage.py house`) stay held."""

from __future__ import annotations

from checks.house.report import figures


def test_every_measure_of_the_house_holds() -> None:
    assert [figure.name for figure in figures() if not figure.holds] == []
