"""A broker of the test's own, and real processes on it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import embedded
from tests.faults.crew import Crew


class Broker:
    """A Valkey that can be stopped and started on the same port and data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.server: Any = None
        self.start()

    def start(self) -> None:
        self.server = embedded.start_valkey(self.folder, port=self.port)

    def stop(self) -> None:
        if self.server:
            self.server.stop()
        self.server = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    server = Broker(tmp_path / "valkey")
    yield server
    server.stop()


@pytest.fixture
def crew(committed: None, broker: Broker, tmp_path: Path, settings: Any) -> Iterator[Crew]:
    """Not started yet; its files stand where this test reads them."""
    settings.STORAGE_DIR = tmp_path / "files"
    settings.STORAGE_DIR.mkdir()
    workers = Crew(tmp_path, broker.url)
    yield workers
    workers.stop()
