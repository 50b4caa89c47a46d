"""Programs of the system that tests drive, and the day they play on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine

from tenants.kit import clock

SHIFTED_CLOCK = """((shift) => {
  const Real = Date;
  const now = () => Real.now() + shift;
  window.Date = new Proxy(Real, {
    construct: (date, given, called) => Reflect.construct(date, given.length ? given : [now()], called),
    apply: () => new Real(now()).toString(),
    get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
  });
  const places = navigator.geolocation;
  for (const name of ["getCurrentPosition", "watchPosition"]) {
    const ask = places[name].bind(places);
    places[name] = (tell, ...more) =>
      ask(({timestamp, coords}) => tell({timestamp: timestamp + shift, coords}), ...more);
  }
})(%d)"""


def program(name: str) -> str:
    """Where a program of the system is. Without it the test is skipped; under CI it fails."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed: CI needs it")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def chromium() -> str:
    """Debian's browser."""
    return program("chromium")


def pretend_today(page_or_context: Any) -> None:
    """A browser's clock shows the day of the run and goes on; its timers stay the real ones."""
    shift = clock.shift() // timedelta(milliseconds=1)
    if shift:
        page_or_context.add_init_script(SHIFTED_CLOCK % shift)


@contextmanager
def clocks_stand_at(moment: datetime) -> Iterator[None]:
    """Both clocks stand: the business does not pretend another day on top."""
    with (
        mock.patch.object(clock, "shift", timedelta),
        time_machine.travel(moment, tick=False),
    ):
        yield
