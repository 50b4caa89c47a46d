"""What `script/serve` makes sure of: it is the only one on its state, its ports are free, and the
servers it stands on live.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from config import embedded
from config.postgres import PostgresServer
from config.valkey import ValkeyServer


class CannotServe(Exception):
    """Nothing was started; the argument is for whoever stands at the terminal."""


@contextlib.contextmanager
def only_one(state: Path, address: str) -> Iterator[None]:
    """Hold the state folder's lock, which ends with this process. Raises CannotServe."""
    with (state / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotServe(f"It is running already: {lock.read().strip()}.") from None
        lock.truncate(0)
        lock.write(f"{address}, process {os.getpid()}")
        lock.flush()
        yield


def check_ports(host: str, port: int) -> None:
    """Pages listen on the port, event streams on the next one. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in (port, port + 1):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, number))
            except (OSError, OverflowError) as problem:
                raise CannotServe(
                    f"{host}:{number} cannot be used ({problem}). "
                    "Two ports in a row are needed; "
                    "choose the first: PORT=8010 script/serve"
                ) from None


class Servers:
    """The embedded PostgreSQL and Valkey of a state folder, as far as they were asked for."""

    def __init__(self, state: Path, stack: contextlib.ExitStack) -> None:
        self._state = state
        self._started: dict[str, PostgresServer | ValkeyServer] = {}
        stack.callback(self.stop)

    def start_postgres(self) -> PostgresServer:
        server = embedded.start_postgres(self._state / "postgres")
        self._started["PostgreSQL"] = server
        return server

    def start_valkey(self) -> ValkeyServer:
        server = embedded.start_valkey(self._state / "valkey")
        self._started["Valkey"] = server
        return server

    def revive(self) -> list[str]:
        """Start again what died, on the same addresses. Returns what it was."""
        revived = []
        for name, server in self._started.items():
            if not server.is_running():
                server.start()
                revived.append(name)
        return revived

    def stop(self) -> None:
        for server in reversed(self._started.values()):
            server.stop()
