"""docker-compose.yml without Docker: its services as plain data, and their commands as processes of
this machine.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import dropwhile
from pathlib import Path
from typing import Any, cast

import yaml

from config import processes
from config.processes import ROOT

FILE = ROOT / "docker-compose.yml"
SETTING = re.compile(r"\$\{(\w+)(?:(:[-?])([^${}]*))?\}")
SERVERS = ("db", "valkey")
OWN = ("proxy", *SERVERS)  # images of others
SECONDS_TO_START = 120


class Missing(Exception):
    """A setting that must be given is empty; the argument is its name."""


def services(settings: Mapping[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """The services by name; with settings, as Compose sees them under this `.env`."""
    text = FILE.read_text(encoding="utf-8")
    parts = cast("dict[str, Any]", yaml.safe_load(text))["services"]
    if settings is None:
        return cast("dict[str, dict[str, Any]]", parts)
    return cast("dict[str, dict[str, Any]]", json.loads(filled(json.dumps(parts), settings)))


def volumes() -> set[str]:
    return set(yaml.safe_load(FILE.read_text(encoding="utf-8"))["volumes"])


def filled(text: str, settings: Mapping[str, str]) -> str:
    """The text with every `${NAME}`, `${NAME:-default}` and `${NAME:?why}`, from the inside out."""

    def value(match: re.Match[str]) -> str:
        name, sign, rest = match.groups()
        if own := settings.get(name):
            return own
        if sign == ":?":
            raise Missing(name)
        return rest or ""

    while SETTING.search(text):
        text = SETTING.sub(value, text)
    return text


def names_in(text: str) -> set[str]:
    """The settings that a text of Compose asks for."""
    return set(re.findall(r"\$\{(\w+)", text))


def command_of(service: Mapping[str, Any]) -> list[str]:
    return shlex.split(str(service["command"]))


@dataclass
class Deployment:
    """Runs the commands of the compose file; `places` maps what only exists between containers
    (names of servers, ports, folders) to what stands for it here.
    """

    settings: Mapping[str, str]
    places: Mapping[str, str]
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def play(self, line: str) -> str:
        """One line of the page, as `docker compose …` would do it. Returns what it printed."""
        words = shlex.split(line.removeprefix("docker compose "))
        if words[0] == "up":
            names = [word for word in words[1:] if not word.startswith("-")]
            self.up([*names] or [*services()])
            return ""
        assert words[0] in ("run", "exec"), f"how to play it? {line}"
        name, *command = list(dropwhile(lambda word: word.startswith("-"), words[1:]))
        if words[0] == "exec":
            assert self.running[name].poll() is None, f"{name} does not run"
        return self.once(name, command)

    def up(self, names: list[str]) -> None:
        """What is wanted, after what it waits for; servers of others stand already."""
        table = services(self.settings)
        ours = [name for name in names if name not in OWN and "profiles" not in table[name]]
        for name in (name for name in ours if table[name]["restart"] == "no"):
            self.once(name, [])
        for name in (name for name in ours if table[name]["restart"] != "no"):
            with (self.folder / f"{name}.log").open("wb") as log:
                self.running[name] = subprocess.Popen(
                    self.here(command_of(table[name])),
                    env=self.environment(name),
                    cwd=ROOT,
                    start_new_session=True,
                    stdout=log,
                    stderr=log,
                )
        for name in ours:
            self.wait_until_healthy(name)

    def once(self, name: str, command: list[str]) -> str:
        """A command in the container of a service: its own when none is given."""
        words = command or command_of(services(self.settings)[name])
        answer = subprocess.run(
            self.here(words),
            env=self.environment(name),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, f"{words}\n{answer.stdout}\n{answer.stderr}"
        return answer.stdout

    def wait_until_healthy(self, name: str) -> None:
        """Ask as the service's health check does, until it says yes."""
        check = services(self.settings)[name].get("healthcheck")
        if not check:
            return
        words = self.here(check["test"][1:])
        until = time.monotonic() + SECONDS_TO_START
        while subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode:
            assert self.running[name].poll() is None, self.log(name)
            assert time.monotonic() < until, self.log(name)
            time.sleep(0.3)

    def environment(self, name: str) -> dict[str, str]:
        """What the container would know, and nothing of the tests'."""
        own = services(self.settings)[name]["environment"]
        outer = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        image = {"STATIC_ROOT": str(self.folder / "collected"), "PYTHONUNBUFFERED": "1"}
        return outer | image | {key: self._placed(str(value)) for key, value in own.items()}

    def here(self, words: list[str]) -> list[str]:
        words = [self._placed(word) for word in words]
        return [sys.executable, *words[1:]] if words[0] == "python" else words

    def _placed(self, word: str) -> str:
        pattern = "|".join(rf"{re.escape(there)}\b" for there in self.places)
        return re.sub(pattern, lambda match: self.places[match[0]], word)

    def log(self, name: str) -> str:
        return f"{name}: {(self.folder / f'{name}.log').read_text()[-3000:]}"

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()  # all at once: each takes its time
        for process in self.running.values():
            processes.stop(process)


def commands_of_page(page: str, heading: str) -> Iterator[str]:
    """The lines of the first block of commands under a heading."""
    section = page.split(f"\n## {heading}\n")[1]
    yield from section.split("```bash\n")[1].split("```")[0].strip().splitlines()


def example() -> dict[str, str]:
    """The values of .env.example."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}
