"""How long ago something was, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tenants.kit import formats

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(days=3, hours=5), "3 days ago"),
    ],
)
def test_age_is_written_in_words(age: timedelta, words: str) -> None:
    with translation.override("en"):
        assert formats.ago(NOW - age, NOW).replace("\xa0", " ") == words


def test_never_is_a_dash() -> None:
    assert formats.ago(None, NOW) == "—"
