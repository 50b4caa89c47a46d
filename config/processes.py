"""The product's processes as plain data, and starting one: for `script/serve` and for the tests
that want the real thing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
OWNERS = ("provisioner",)  # the only process that may change schemas
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
OWNERS_ONLY = ("OWNER_DATABASE_URL", "SUPERUSER_URL")
# Longer than a child may read a workbook, on the clock of the wall.
OF_WORKER = {"STATEMENT_TIMEOUT": "10min", "IDLE_TIMEOUT": "25min"}


def table(*, host: str, port: int, state: Path) -> dict[str, list[str]]:
    """Commands by name; the event streams listen on the port after the pages'."""
    manage = [PYTHON, str(ROOT / "manage.py")]
    celery = [PYTHON, "-m", "celery", "--quiet", "-A", "config"]
    web = [PYTHON, "-m", "config.web", "--host", host, "--port", str(port)]
    events = [
        PYTHON,
        "-m",
        "uvicorn",
        "config.events:application",
        "--host",
        host,
        "--port",
        str(port + 1),
        "--log-level",
        "warning",
        "--no-access-log",
    ]
    worker = [
        *celery,
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "WARNING",
        "--without-gossip",
        "--without-mingle",
        "-Q",
        "documents,mail,imports,default,idle",
    ]
    beat = [
        *celery,
        "beat",
        "--loglevel",
        "WARNING",
        "-s",
        str(state / "beat"),
    ]
    return {
        "web": web,
        "events": events,
        "worker": worker,
        "beat": beat,
        "relay": [*manage, "relay"],
        "provisioner": [*manage, "provisioner"],
    }


def environment(name: str, env: Mapping[str, str]) -> dict[str, str]:
    """What a process may know: the owner's login is the provisioner's alone; the worker's
    statements may take long, and it may wait long between two of them.
    """
    own = {key: value for key, value in env.items() if name in OWNERS or key not in OWNERS_ONLY}
    return own | (OF_WORKER if name == "worker" else {})


def die_with_parent(number: int) -> Callable[[], None]:
    """What a new process calls before its program: it gets this signal when the thread that started
    it ends, however that ends (Linux).
    """
    parent = os.getpid()
    system = ctypes.CDLL(None)

    def bind() -> None:
        system.prctl(SET_DEATH_SIGNAL, number)
        if os.getppid() != parent:  # it ended in between
            os.kill(os.getpid(), number)

    return bind if hasattr(system, "prctl") else lambda: None


def start(
    name: str,
    command: list[str],
    env: Mapping[str, str],
    *,
    log: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches the supervisor alone; it ends with that."""
    return subprocess.Popen(
        command,
        env=environment(name, env),
        cwd=ROOT,
        start_new_session=True,
        stdout=log,
        stderr=log,
        preexec_fn=die_with_parent(signal.SIGTERM),  # the caller has one thread
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
