"""The real stack, once for these tests, and browsers on it. Without chromium the tests are skipped,
under CI they fail.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from config.processes import ROOT
from tests import tools
from tests.e2e.stack import Stack, running
from tests.e2e.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def chromium() -> str:
    return tools.chromium()


@pytest.fixture(scope="package")
def stack(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("e2e")) as product:
        yield product


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A module's own, so that no event loop outlives it beside tests that use the database."""
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield program
        program.close()


@pytest.fixture
def shots(request: pytest.FixtureRequest) -> Path:
    """`.state/screens/<test>/`, emptied."""
    folder = ROOT / ".state" / "screens" / _plain(request.node.name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", re.sub(r"chromium-?", "", name)).strip("-")


@pytest.fixture
def visit(
    request: pytest.FixtureRequest,
    browser: Browser,
    stack: Stack,
    shots: Path,
) -> Iterator[Callable[..., Visitor]]:
    """visit("head") is a new browser; at the end none of them may have complained."""
    opened: list[Visitor] = []

    def come(name: str = "", **more: str) -> Visitor:
        opened.append(Visitor(browser, stack.url, shots, name=name, **more))
        return opened[-1]

    failed = request.session.testsfailed
    yield come
    for visitor in opened:
        if request.session.testsfailed > failed:
            print(f"{visitor.name} stood at {visitor.page.url}")
            visitor.page.screenshot(
                path=shots / f"failed-{visitor.name}.png",
                full_page=True,
            )
        visitor.close()
    complaints = [line for visitor in opened for line in visitor.complaints]
    assert not complaints, "\n".join(complaints)
