"""The embedded servers end with their parent, come back after a kill, and never run twice (FAULTS G9)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config import embedded
from config.postgres import PostgresServer
from config.processes import ROOT
from config.valkey import ValkeyServer

START_AND_DIE = """
import os, signal, sys
from pathlib import Path
from config import embedded
folder = Path(sys.argv[1])
servers = embedded.start_postgres(folder / "postgres", fast=True), embedded.start_valkey(folder / "valkey")
print(*[server.process.pid for server in servers], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Beside pytest's own folders, which each session of it closes to other users."""
    with tempfile.TemporaryDirectory(prefix="embedded-") as path:
        yield Path(path)


@pytest.fixture
def folder(open_folder: Path) -> Path:
    return open_folder / "a path, with «signs» and $HOME"


@pytest.fixture
def postgres(folder: Path) -> Iterator[PostgresServer]:
    server = embedded.start_postgres(folder / "postgres")
    yield server
    server.stop()


@pytest.fixture
def valkey(folder: Path) -> Iterator[ValkeyServer]:
    server = embedded.start_valkey(folder / "valkey")
    yield server
    server.stop()


def kill(server: PostgresServer | ValkeyServer) -> None:
    process = psutil.Process(server.process.pid)
    process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while server.is_running() and time.monotonic() < until:
        time.sleep(0.01)
    assert not server.is_running()


def test_postgres_comes_back_with_its_data(postgres: PostgresServer) -> None:
    with postgres.superuser() as db:
        db.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    kill(postgres)
    postgres.start()
    with postgres.superuser() as db:
        assert db.execute("SELECT seven FROM kept").fetchall() == [(7,)]


def test_valkey_comes_back_on_its_port_with_what_it_was_told(valkey: ValkeyServer) -> None:
    address = valkey.url
    with redis.Redis.from_url(address) as client:
        client.set("kept", "7")
        client.execute_command("CONFIG", "SET", "appendfsync", "always")
        client.set("kept", "8")
    kill(valkey)
    valkey.start()
    assert valkey.url == address
    with redis.Redis.from_url(address) as client:
        assert client.get("kept") == b"8"


def test_servers_end_with_a_parent_that_is_killed(folder: Path) -> None:
    command = [sys.executable, "-c", START_AND_DIE, str(folder)]
    parent = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert parent.returncode == -signal.SIGKILL, parent.stderr
    for number in map(int, parent.stdout.split()):
        until = time.monotonic() + 20
        while psutil.pid_exists(number) and time.monotonic() < until:
            time.sleep(0.05)
        assert not psutil.pid_exists(number)


def test_a_server_that_was_left_over_is_ended_before_another_begins(
    postgres: PostgresServer, valkey: ValkeyServer, folder: Path
) -> None:
    old = [psutil.Process(server.process.pid) for server in (postgres, valkey)]
    second = (PostgresServer(folder / "postgres", fast=True), ValkeyServer(folder / "valkey"))
    for server in second:
        server.start()
        server.stop()
    psutil.wait_procs(old, timeout=10)
    assert [process.is_running() for process in old] == [False, False]


def test_the_number_of_a_dead_server_that_another_has_now_is_no_hindrance(
    postgres: PostgresServer, folder: Path, open_folder: Path
) -> None:
    other = embedded.start_postgres(open_folder / "other", fast=True)
    kill(postgres)
    mark = folder / "postgres" / "postmaster.pid"
    lines = mark.read_text().splitlines()
    mark.write_text("\n".join([str(other.process.pid), *lines[1:], ""]))
    postgres.start()
    with other.superuser() as db:
        assert db.execute("SELECT 1").fetchall() == [(1,)]
    other.stop()


def test_a_path_too_long_for_a_socket_gets_a_short_one(open_folder: Path) -> None:
    server = embedded.start_postgres(open_folder / ("long" * 30) / "postgres", fast=True)
    short = Path(server.socket_folder)
    with server.superuser() as db:
        assert db.execute("SELECT 1").fetchall() == [(1,)]
    server.stop()
    assert not short.exists()


def test_data_made_halfway_are_made_anew(folder: Path) -> None:
    halfway = folder / "postgres"
    (halfway.with_name("postgres.new") / "base").mkdir(parents=True)
    halfway.mkdir()
    (halfway / "postgresql.conf").touch()
    server = embedded.start_postgres(halfway, fast=True)
    with psycopg.connect(server.url("postgres", "postgres")) as db:
        assert db.execute("SELECT 1").fetchall() == [(1,)]
    server.stop()


def test_a_home_that_cannot_be_written_is_no_hindrance(open_folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from config import embedded;"
        "embedded.start_postgres(Path(sys.argv[1])).stop()"
    )
    env = os.environ | {"HOME": "/dev/null/nobody", "XDG_RUNTIME_DIR": "/dev/null"}
    command = [sys.executable, "-c", script, str(open_folder / "postgres")]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
