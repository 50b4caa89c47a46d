"""Which tests a run takes, and on which day (`-p tests.suite`, which pyproject.toml loads).

`--part` names them: `quick` (neither slow nor proof), `short` (quick and a tenth of the slow ones),
`full` (all but the proofs), `proof`, `all`. `--slice 2` is the second part of the proofs; `full`
takes it on top. Tenth and slice follow from the number of commits, so that one commit runs the same
tests on every day.
"""

from __future__ import annotations

import os
import subprocess
import zlib
from math import ceil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "proofs.txt"
PARTS = ("all", "quick", "short", "full", "proof")
SLICE_SECONDS = 480  # as measured on a quiet machine: a busy one stays under 15 minutes
OTHER_DAYS = ("2026-12-31", "2027-01-01", "2028-02-29", "2027-03-28")


def commits() -> int:
    """How many commits led here: what a run takes turns by. 0 where there is no git."""
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return int(counted.stdout) if counted.returncode == 0 else 0


def other_day() -> str:
    """The day this commit's tests run on besides the real one."""
    return OTHER_DAYS[commits() % len(OTHER_DAYS)]


def measured() -> dict[str, float]:
    """The proofs with their seconds, by the table."""
    rows = (line.split(maxsplit=1) for line in TABLE.read_text().splitlines() if line.strip())
    return {name: float(seconds) for seconds, name in rows}


def number_of_slices() -> int:
    return max(1, len(slices()))


def slice_of_this_commit() -> int:
    return commits() % number_of_slices() + 1


def slices() -> list[list[str]]:
    """The table cut where equal times end; its order is kept, so that a file's tests stay together.
    A long proof fills a slice of its own.
    """
    table = measured()
    total = sum(table.values()) or 1
    parts = max(1, ceil(total / SLICE_SECONDS))
    cut: list[list[str]] = [[] for _ in range(parts)]
    before = 0.0
    for name, seconds in table.items():
        middle = before + seconds / 2
        cut[int(middle / total * parts)].append(name)
        before += seconds
    return [names for names in cut if names]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("suite")
    group.addoption(
        "--part",
        choices=PARTS,
        default="all",
        help="which tests: tests/suite.py",
    )
    group.addoption(
        "--slice",
        type=int,
        default=0,
        help="which slice of the proofs, from 1",
    )


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("TEST_TURN", str(commits()))
    chosen = config.getoption("--slice")
    if not 0 <= chosen <= number_of_slices():
        raise pytest.UsageError(f"--slice: there are {number_of_slices()} slices of proofs")


def pytest_sessionstart(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    reporter.write_line(f"today is pretended to be {os.environ['TRACK_TODAY']}")
    reporter.write_line(_described(session.config))


def _described(config: pytest.Config) -> str:
    part = config.getoption("--part")
    chosen = config.getoption("--slice")
    text = f"tests: {part}"
    if part == "short":
        text += f", tenth {_turn()} of the slow ones"
    if chosen:
        text += f", slice {chosen} of {number_of_slices()} of the proofs"
    return text


def _turn() -> int:
    return int(os.environ["TEST_TURN"]) % 10


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    part = config.getoption("--part")
    chosen = config.getoption("--slice")
    if part in ("full", "proof"):
        _check_table(config, items)
    proofs = set(slices()[chosen - 1]) if chosen else set()
    if part == "proof" and not chosen:
        proofs = set(measured())
    taken: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (taken if takes(item, part, proofs) else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = taken


def takes(item: pytest.Item, part: str, proofs: set[str]) -> bool:
    """Whether a run of this part has the test, with these proofs on top."""
    if part == "all":
        return True
    if item.get_closest_marker("proof"):
        return item.nodeid in proofs
    if part in ("full", "proof"):
        return part == "full"
    if item.get_closest_marker("slow"):
        return part == "short" and zlib.crc32(item.nodeid.encode()) % 10 == _turn()
    return True


def _check_table(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run of everything finds each proof in the table, and nothing else there."""
    if config.args != config.getini("testpaths"):
        return
    marked = {item.nodeid for item in items if item.get_closest_marker("proof")}
    if odd := marked ^ measured().keys():
        raise pytest.UsageError(f"tests/proofs.txt and the marked proofs differ: {sorted(odd)}")
