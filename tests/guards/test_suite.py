"""The lists of the suite name tests that exist, and the suite is cut as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import again, servers, suite, tools

ROOT = Path(__file__).resolve().parent.parent.parent


def exists(name: str) -> bool:
    path, _, test = name.partition("::")
    function = test.partition("[")[0].rpartition("::")[2]
    file = ROOT / path
    return file.exists() and f"def {function}(" in file.read_text()


def test_lists_name_tests_that_exist() -> None:
    names = [*again.may_need_another_try(), *suite.measured()]
    assert [name for name in names if not exists(name)] == []


def test_whoever_may_fail_once_has_a_reason() -> None:
    assert all(again.may_need_another_try().values())


def test_slices_hold_every_proof_once() -> None:
    cut = suite.slices()
    assert [name for names in cut for name in names] == [*suite.measured()]
    table = suite.measured()
    assert all(sum(table[name] for name in names) <= 2 * suite.SLICE_SECONDS for names in cut)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], False),
        (["-n0"], False),
        (["-n", "0"], False),
        (["--numprocesses", "0"], False),
        (["--numprocesses=0"], False),
        (["-n4"], True),
        (["-n", "2", "tests"], True),
        (["-nauto"], True),
        (["--numprocesses=2"], True),
        (["-k", "name"], False),
    ],
)
def test_workers_are_recognised(words: list[str], expected: bool) -> None:
    assert servers.has_workers(["pytest", *words]) is expected


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [("true", pytest.fail.Exception), ("", pytest.skip.Exception)],
)
def test_missing_program_skips_a_test_and_fails_it_under_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no-such-program is not installed"):
        tools.program("no-such-program")
