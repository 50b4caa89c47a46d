"""Real worker and relay processes on the test's own database and broker, which may be killed at any
moment.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from config import processes

NAMES = ("worker", "relay")


@dataclass
class Crew:
    state: Path
    redis_url: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)

    def start(self, *names: str) -> None:
        commands = processes.table(host="127.0.0.1", port=0, state=self.state)
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "REDIS_URL": self.redis_url,
            "STATE_DIR": str(self.state),
            "STORAGE_DIR": str(self.state / "files"),
            "EMAIL_URL": "dummymail:",
        }
        for name in names or NAMES:
            with (self.state / f"{name}.log").open("ab") as log:
                self.running[name] = processes.start(name, commands[name], env, log=log)

    def kill_one(self, rng: random.Random) -> None:
        """SIGKILL to the relay, to the worker, or to one of the worker's children."""
        victim = rng.choice(["relay", "worker", "child", "child"])
        process = self.running["worker" if victim == "child" else victim]
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            if victim == "child":
                children = psutil.Process(process.pid).children()
                os.kill(
                    rng.choice(children).pid if children else process.pid,
                    signal.SIGKILL,
                )
            else:
                os.kill(process.pid, signal.SIGKILL)
                process.wait(10)
        self.killed.append(victim)
        self.tend()

    def tend(self) -> None:
        """What a supervisor does: a process that ended is started again (a worker that lost all its
        children ends by itself).
        """
        for name, running in list(self.running.items()):
            if running.poll() is not None:
                self.start(name)

    def stop(self) -> None:
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def end_of_logs(self) -> str:
        """The end of the logs, for the message of a failing test."""
        logs = [self.state / f"{name}.log" for name in NAMES]
        return "\n".join(path.read_text()[-2000:] for path in logs if path.exists())
