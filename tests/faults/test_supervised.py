"""The whole product under `script/serve`, killed piece by piece: it comes back, and nothing of it
outlives its supervisor (FAULTS G9).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from config.processes import ROOT

pytestmark = pytest.mark.proof
PATIENCE = 240.0
OWN = ("DATABASE_URL", "OWNER_DATABASE_URL", "SUPERUSER_URL", "REDIS_URL", "TESTS")


class Product:
    """`script/serve` on a new state, without the demo."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = _two_free_ports()
        self.log = state.parent / "serve.log"
        self.start()

    def start(self) -> None:
        env = {name: value for name, value in os.environ.items() if name not in OWN} | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "STATE_DIR": str(self.state),
            "PORT": str(self.port),
            "DEMO": "0",
        }
        del env["TRACK_TODAY"], env["TRACK_SINCE"]
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "config.supervise"]
            self.supervisor = psutil.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self.wait(self.is_ready, "the product answers")

    def is_ready(self) -> bool:
        """Pages, database and cache answer, and relay and worker have been heard of lately."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as page:
                report: dict[str, Any] = json.load(page)
        except (OSError, urllib.error.URLError):
            return False
        return bool(report["database"] and report["cache"])

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert self.supervisor.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < until, f"{what}: {self.log.read_text()[-3000:]}"
            time.sleep(0.2)

    def processes(self) -> list[psutil.Process]:
        return list(self.supervisor.children(recursive=True))

    def named(self, word: str) -> psutil.Process:
        return next(one for one in self.processes() if word in " ".join(one.cmdline()))


def _two_free_ports() -> int:
    while True:
        with socket.socket() as one, socket.socket() as next_one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture
def product() -> Iterator[Product]:
    """Beside pytest's own folders, which each session of it closes to other users."""
    with tempfile.TemporaryDirectory(prefix="supervised-") as path:
        running = Product(Path(path) / "a state with spaces")
        yield running
        if running.supervisor.is_running():
            running.supervisor.terminate()
            running.supervisor.wait(60)


def test_whatever_is_killed_comes_back_and_nothing_outlives_the_supervisor(
    product: Product,
) -> None:
    for word in ("/bin/postgres", "valkey-server", "config.web", "relay", "celery"):
        victim = product.named(word)
        victim.send_signal(signal.SIGKILL)
        victim.wait(20)
        product.wait(lambda word=word: _is_there(product, word), f"{word} is back")  # type: ignore[misc]
        product.wait(product.is_ready, f"ready after the death of {word}")
    everyone = product.processes()
    product.supervisor.send_signal(signal.SIGKILL)
    product.supervisor.wait(20)
    _gone, alive = psutil.wait_procs(everyone, timeout=60)
    assert [process.cmdline() for process in alive] == []
    product.start()


def _is_there(product: Product, word: str) -> bool:
    try:
        return product.named(word).is_running()
    except (StopIteration, psutil.NoSuchProcess):
        return False


def test_ctrl_c_ends_everything(product: Product) -> None:
    everyone = product.processes()
    product.supervisor.send_signal(signal.SIGINT)
    assert product.supervisor.wait(60) == 0
    _gone, alive = psutil.wait_procs(everyone, timeout=5)
    assert [process.cmdline() for process in alive] == []
