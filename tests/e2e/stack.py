"""The real product for one run: its own database copy and Valkey, every process of
config/processes.py, mail as files.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from config import embedded, processes
from tests import servers

Found = TypeVar("Found")
WITHOUT = ("beat",)  # nothing here waits for the clock


@dataclass
class Stack:
    url: str
    state: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def letters(self, to: str) -> list[EmailMessage]:
        """What was mailed to this address, the newest last."""
        read = (
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in self._mail()
        )
        return [letter for letter in read if to in str(letter["To"])]

    def _mail(self) -> list[Path]:
        return sorted(
            (self.state / "mail").glob("[!.]*.eml"),
            key=lambda path: path.stat().st_mtime_ns,
        )

    def letter(self, to: str, says: str, *, number: int = 1) -> re.Match[str]:
        """Wait for the `number`-th letter to an address; what its text says by a pattern."""
        waited = self.wait(
            lambda: letters[number - 1] if len(letters := self.letters(to)) >= number else None,
            f"letter to {to}",
        )
        body = waited.get_body(("plain",))
        assert body is not None
        match = re.search(says, body.get_content(), re.MULTILINE)
        assert match, f"{says!r} is not in: {body.get_content()}"
        return match

    def wait(
        self,
        ask: Callable[[], Found | None],
        what: str,
        *,
        seconds: float = 60,
    ) -> Found:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if (answer := ask()) is not None:
                return answer
            dead = [name for name, process in self.running.items() if process.poll() is not None]
            assert not dead, f"{dead} ended: {self.log(*dead)}"
            time.sleep(0.2)
        raise AssertionError(f"waited {seconds} s for {what}\n{self.log('worker', 'relay')}")

    def log(self, *names: str) -> str:
        return "\n".join(
            f"-- {name}\n{(self.state / 'logs' / f'{name}.log').read_text()[-3000:]}"
            for name in names
        )


@contextlib.contextmanager
def running(state: Path) -> Iterator[Stack]:
    """Everything is up and `/readyz` answers inside the block."""
    for folder in ("static", "logs", "mail"):
        (state / folder).mkdir()
    database = f"{os.environ['TEST_DATABASE']}_e2e"
    servers.copy_of_template(database)
    with contextlib.ExitStack() as stack:
        stack.callback(servers.drop, database)
        valkey = embedded.start_valkey(state / "valkey")
        stack.callback(valkey.stop)
        port = _free_pair()
        env = _environment(
            state,
            port,
            servers.urls_of(database) | {"REDIS_URL": valkey.url},
        )
        subprocess.run(
            [sys.executable, "-m", "tests.e2e.people"],
            env=env,
            cwd=processes.ROOT,
            check=True,
        )
        subprocess.run(
            [
                sys.executable,
                "manage.py",
                "collectstatic",
                "--no-input",
                "--verbosity",
                "0",
            ],
            env=env,
            cwd=processes.ROOT,
            check=True,
        )
        product = Stack(f"http://127.0.0.1:{port}", state)
        stack.callback(_stop, product)
        for name, command in processes.table(host="127.0.0.1", port=port, state=state).items():
            if name not in WITHOUT:
                log = stack.enter_context((state / "logs" / f"{name}.log").open("wb"))
                product.running[name] = processes.start(name, command, env, log=log)
        product.wait(
            lambda: _ready(product.url),
            "the product to be ready",
            seconds=120,
        )
        yield product


def _stop(product: Stack) -> None:
    for process in product.running.values():
        process.terminate()  # all at once: each takes its time
    for process in product.running.values():
        processes.stop(process)


def _environment(state: Path, port: int, addresses: dict[str, str]) -> dict[str, str]:
    """What a plain `script/serve` with DEMO=0 would be given; nothing of the tests'."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("TEST_", "PYTEST_", "DJANGO_"))
    }
    url = f"http://127.0.0.1:{port}"
    return (
        kept
        | addresses
        | {
            "STATE_DIR": str(state),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "PUBLIC_URL": url,
            "DEMO": "0",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    )


def _free_pair() -> int:
    """A port with a free one behind it, for the event streams."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


def _ready(url: str) -> bool | None:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return True if answer.status == 200 else None
    except (urllib.error.URLError, OSError):
        return None
