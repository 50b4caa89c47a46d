"""One line a measure: what it cost, its floor, their ratio, the goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Line:
    """`ours` and `floor` in milliseconds; `most` and `least` are limits on ours / floor, `within`
    on ours alone.
    """

    name: str
    ours: float
    floor: float | None = None
    most: float | None = None
    within: float | None = None
    least: float | None = (
        None  # of floor / ours: so many times faster than what it is compared with
    )
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def holds(self) -> bool:
        if self.ratio is not None and self.most is not None and self.ratio > self.most:
            return False
        if self.ratio is not None and self.least is not None and 1 / self.ratio < self.least:
            return False
        return self.within is None or self.ours <= self.within

    def __str__(self) -> str:
        floor = f"{self.floor:11.2f}" if self.floor is not None else " " * 11
        verdict = "ok" if self.holds else "MISSED"
        return (
            f"{self.name:<46}{self.ours:11.2f}{floor}  "
            f"{self._compared():<14}{self._goal():<18}{verdict}  {self.note}"
        )

    def _compared(self) -> str:
        if self.ratio is None:
            return ""
        return f"{1 / self.ratio:.0f} x faster" if self.least else f"{self.ratio:.2f} x"

    def _goal(self) -> str:
        if self.within is not None:
            return f"<= {self.within:g} ms"
        return f">= {self.least:g} x faster" if self.least else f"<= {self.most:g} x"


HEAD = f"{'':<46}{'ms':>11}{'floor, ms':>11}  {'ratio':<14}{'goal':<18}"


def milliseconds(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def in_turn(rounds: int, *acts: Callable[[], object]) -> list[float]:
    """Medians of acts done in turn, so that a busy machine hits all of them; the first round is not
    counted.
    """
    taken = [[milliseconds(act) for act in acts] for _ in range(rounds + 1)][1:]
    return [median(times) for times in zip(*taken, strict=True)]
