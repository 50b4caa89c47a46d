"""The supervisor starts again what died, and forgets old deaths (FAULTS E)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from config import supervise


class Dead:
    """A process that has ended."""

    returncode = 1

    def poll(self) -> int:
        return 1


class Alive:
    """A process that runs until the test has seen enough."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def poll(self) -> int | None:
        self.looks -= 1
        if self.looks < 0:
            raise supervise.Interrupted
        return None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that pass while the supervisor sleeps."""
    now = [0.0]
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(supervise.time, "sleep", lambda seconds: None)
    return now


def test_a_process_that_dies_over_and_over_ends_all(clock: list[float]) -> None:
    starts: list[str] = []

    def again(name: str) -> Any:
        starts.append(name)
        return Dead()

    assert supervise._watch({"web": Dead()}, again) == 1  # type: ignore[dict-item]
    assert starts == ["web"] * supervise.MOST_DEATHS


def test_old_deaths_are_forgotten(clock: list[float]) -> None:
    starts = itertools.count()

    def again(name: str) -> Any:
        clock[0] += supervise.MEMORY_OF_DEATHS / supervise.MOST_DEATHS + 1
        return Dead() if next(starts) < 20 else Alive(looks=3)

    with pytest.raises(supervise.Interrupted):
        supervise._watch({"web": Dead()}, again)  # type: ignore[dict-item]
    assert next(starts) == 21
