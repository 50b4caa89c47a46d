"""The browser's clock shows the day of the run, and goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tenants.kit import clock
from tests import tools

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOUR_YEARS = timedelta(days=1461)


def test_a_page_shows_the_day_of_the_run(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "shift", lambda: FOUR_YEARS)
    page = browser.new_page()
    page.goto("about:blank")
    first = page.evaluate("[Date.now(), new Date().getTime(), Date.parse(Date())]")
    expected = clock.now().timestamp() * 1000
    assert all(abs(moment - expected) < 60_000 for moment in first)
    page.wait_for_timeout(50)
    assert page.evaluate("Date.now()") >= first[0] + 50
    assert page.evaluate("new Date(2026, 2, 13).getDate()") == 13
    assert page.evaluate("new Date() instanceof Date")
    page.close()


def test_nothing_is_shifted_on_the_real_day(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "shift", timedelta)
    page = browser.new_page()
    page.goto("about:blank")
    assert "native code" in page.evaluate("String(Date)")
    page.close()


def test_the_shift_is_given_in_milliseconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scripts: list[str] = []
    monkeypatch.setattr(clock, "shift", lambda: timedelta(days=-1))
    page = type("Page", (), {"add_init_script": staticmethod(scripts.append)})
    tools.pretend_today(page)
    assert "(-86400000)" in scripts[0]
