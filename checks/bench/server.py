"""One page server with one worker, and what a request costs it and the database in processor time."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import TracebackType

import psutil
import psycopg

from config.processes import ROOT


class Server:
    def __init__(self, target: str, env: Mapping[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        listen = f"--listen=127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "waitress", listen, "--threads=1", target]
        self.process = subprocess.Popen(command, env=dict(env), cwd=ROOT, start_new_session=True)

    def __enter__(self) -> Server:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the page server did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(20)

    def ask(
        self,
        address: str,
        cookies: str,
        times: int,
    ) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for _ in range(times):
            connection.request(
                "GET",
                address,
                headers={
                    "Cookie": cookies,
                    "Accept-Language": "ru",
                },
            )
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address} answered {answer.status}: {body[:200]!r}")
        connection.close()

    def cost(self, address: str, cookies: str, times: int) -> float:
        """Milliseconds of processor time a request: this server's processes and the database's."""
        before = self._spent()
        self.ask(address, cookies, times)
        return (self._spent() - before) * 1000 / times

    def _spent(self) -> float:
        own = psutil.Process(self.process.pid)
        return sum(
            _seconds(process)
            for process in [
                own,
                *own.children(recursive=True),
                *_backends(),
            ]
        )


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _backends() -> list[psutil.Process]:
    """The database's processes that serve this benchmark's connections: it must run on this
    machine.
    """
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as db:
        backends = db.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [psutil.Process(pid) for (pid,) in backends.fetchall() if psutil.pid_exists(pid)]
