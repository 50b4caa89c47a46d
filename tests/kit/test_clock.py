"""The clock of the business pretends a day only where it may."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenants.kit import clock
from tests.suite import ROOT


def load_settings(**environment: str) -> str:
    """What loading the product's settings says about this environment."""
    kept = {key: value for key, value in os.environ.items() if key not in ("TESTS", "TRACK_TODAY")}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env=kept | {"DEMO": "0"} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "refused"),
    [
        ({"TRACK_TODAY": "2027-03-28"}, True),
        ({"TRACK_TODAY": "2027-03-28", "DEMO": "1"}, False),
        ({"TRACK_TODAY": "2027-03-28", "TESTS": "1"}, False),
        ({"TRACK_TODAY": "no day", "DEMO": "1"}, True),
        ({}, False),
    ],
)
def test_a_day_is_pretended_only_in_the_demo_and_in_tests(
    environment: dict[str, str], refused: bool
) -> None:
    assert ("TRACK_TODAY" in load_settings(**environment)) is refused


def test_the_business_plays_on_the_pretended_day(settings: Any) -> None:
    settings.TRACK_SINCE = timezone.now().date()
    settings.TRACK_TODAY = settings.TRACK_SINCE + timedelta(days=400)
    ahead = clock.now() - timezone.now()
    assert timedelta(days=399, hours=23) < ahead < timedelta(days=400, hours=1)


def test_a_process_started_after_midnight_agrees_with_the_older_ones(
    settings: Any,
) -> None:
    settings.TRACK_TODAY = date(2027, 3, 28)
    settings.TRACK_SINCE = date(2026, 11, 29)
    assert clock.shift() == date(2027, 3, 28) - date(2026, 11, 29)


def test_without_a_pretended_day_both_clocks_agree(settings: Any) -> None:
    settings.TRACK_TODAY = None
    assert clock.shift() == timedelta()
