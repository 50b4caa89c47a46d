"""A test that failed beside others is tried once more, alone (`--again`).

A browser or a race may lose its time to a busy machine. What passes then is named in the summary,
and fails the run all the same unless tests/flaky.txt gives a reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).parent / "flaky.txt"
MOST = 25  # more failures than this are no accident


def may_need_another_try() -> dict[str, str]:
    """The tests that may need a second try, each with its reason."""
    lines = (line for line in LIST.read_text().splitlines() if line.strip())
    rows = (line.partition(" # ") for line in lines if not line.startswith("#"))
    return {name.strip(): reason.strip() for name, _mark, reason in rows}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("suite")
    group.addoption(
        "--again",
        action="store_true",
        help="try what failed once more, alone",
    )
    group.addoption("--outcomes", default="", help="a file for the outcomes, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    if config.getoption("--outcomes"):
        config.pluginmanager.register(Outcomes(Path(config.getoption("--outcomes"))))
    elif config.getoption("--again"):
        config.pluginmanager.register(Again())


class Outcomes:
    """Writes which tests failed and which passed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.passed[report.nodeid] = self.passed.get(report.nodeid, True) and report.passed

    def pytest_sessionfinish(self) -> None:
        self.path.write_text(json.dumps(self.passed))


class Again:
    """Tries again after all others, and moves what passes from «failed» to «flaky»."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.flaky: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.setdefault(report.nodeid, str(report.longrepr))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not 0 < len(self.failed) <= MOST:
            return
        passed = _tried_alone([*self.failed])
        self.flaky = [name for name in self.failed if passed.get(name)]
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        assert reporter is not None
        self._move(reporter.stats)
        left = reporter.stats.get("failed", []) + reporter.stats.get("error", [])
        if session.exitstatus == pytest.ExitCode.TESTS_FAILED and not left:
            listed = all(name in may_need_another_try() for name in self.flaky)
            session.exitstatus = pytest.ExitCode.OK if listed else pytest.ExitCode.TESTS_FAILED

    def _move(self, stats: dict[str, list[Any]]) -> None:
        flaky = {}
        for outcome in ("failed", "error"):
            reports = stats.pop(outcome, [])
            flaky |= {report.nodeid: report for report in reports if report.nodeid in self.flaky}
            if left := [report for report in reports if report.nodeid not in self.flaky]:
                stats[outcome] = left
        if flaky:
            stats["flaky"] = [*flaky.values()]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for name in self.flaky:
            terminalreporter.section(f"failed, passed when tried again: {name}", sep="-")
            terminalreporter.write_line(self.failed[name][-3000:])
        reasons = may_need_another_try()
        for name in self.flaky:
            reason = reasons.get(name, "NOT on tests/flaky.txt: the run fails")
            terminalreporter.write_line(f"FLAKY {name} - {reason}")


def _tried_alone(names: list[str]) -> dict[str, bool]:
    """Which of these pass in a process of their own, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outcomes"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            f"--outcomes={path}",
            *names,
        ]
        subprocess.run(command, check=False, stdout=sys.stderr)
        outcomes: dict[str, bool] = json.loads(path.read_text()) if path.exists() else {}
    return outcomes
