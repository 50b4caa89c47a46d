"""The whole run: scratch database, workers side by side, one tally."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from checks.isolation.attacks import Outcome
from checks.isolation.callers import PRINCIPALS, kind_of
from checks.isolation.scratch import Scratch, scratch
from checks.isolation.verdicts import Tally

QUICK = 10  # one pattern in ten for each person
# Who sees most walks longest: kinds are dealt out one by one, the heaviest first; those of a kind
# stay together.
HEAVY = (
    "head",
    "dispatcher",
    "accountant",
    "cargo manager",
    "cargo staff",
)
KINDS = [
    *HEAVY,
    *dict.fromkeys(kind for name in PRINCIPALS if (kind := kind_of(name)) not in HEAVY),
]


class WorkerFailed(Exception):
    """A part of the walk ended before its time; its own words stand above."""


def verify(*, quick: bool = False, workers: int | None = None) -> tuple[Tally, list[Outcome]]:
    """Raises WorkerFailed, or CalledProcessError when the scratch database cannot be set up."""
    count = workers or min(os.cpu_count() or 1, 4)
    with scratch() as place:
        world = place.folder / "world"
        jobs = [_people(KINDS[number::count]) for number in range(count)]
        databases = [*(place.copy() for _ in jobs[1:]), place.names[0]]
        results = [place.folder / f"result-{number}" for number in range(count)]
        running = [
            _start(
                place,
                database,
                world,
                result,
                QUICK if quick else 1,
                job,
            )
            for database, result, job in zip(databases, results, jobs, strict=True)
        ]
        _wait(running)
        tally = Tally()
        for result in results:
            tally.add(Tally.from_json(result.read_text()))
        return tally, _attacks(place, world)


def _people(kinds: Sequence[str]) -> str:
    return ",".join(name for kind in kinds for name in PRINCIPALS if kind_of(name) == kind)


def _start(
    place: Scratch,
    database: str,
    world: Path,
    result: Path,
    every: int,
    people: str,
) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "checks.isolation.work",
        str(world),
        str(result),
        str(every),
        people,
    ]
    return subprocess.Popen(command, env=place.environment(database), cwd=settings.BASE_DIR)  # noqa: S603


def _wait(running: Sequence[subprocess.Popen[bytes]]) -> None:
    try:
        codes = [process.wait() for process in running]
        if any(codes):
            raise WorkerFailed
    finally:
        for process in running:
            if process.poll() is None:
                process.terminate()
                process.wait()


def _attacks(place: Scratch, world: Path) -> list[Outcome]:
    result = place.folder / "attacks"
    _wait([_start(place, place.names[0], world, result, 1, "attacks")])
    outcomes: list[Outcome] = pickle.loads(result.read_bytes())  # noqa: S301
    return outcomes
