"""`script/serve`: servers, set-up, then every process of the product; Ctrl-C stops all that it
started.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from config import embedded, processes
from config.before_serving import CannotServe, Servers, check_ports, only_one
from config.processes import PYTHON, ROOT

STATE = Path(os.environ.get("STATE_DIR", ROOT / ".state")).resolve()
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
DEMO = os.environ.get("DEMO", "1") not in ("0", "false", "")
LOGINS = """
  manager@track.demo                      platform, /admin/
  head@ | dispatcher@ | accountant@ | client@ | partner@alatoo.demo     reseller alatoo
  head@ | client@ | partner@osh.demo                                    reseller osh
  admin@ | manager@ | staff@ | sale@prcargo.demo                        reseller prcargo
  driver +996555000001, PIN 111111        /driver/
  password of all: demo"""


MOST_DEATHS = 5
MEMORY_OF_DEATHS = 600.0  # seconds
WEB_SECONDS = 15.0
HALF = "demo.half"  # stands in the state folder while the demo is loaded into an installation that holds nothing else
_wishes_to_end: list[bool] = []


class Interrupted(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    (STATE / "static").mkdir(parents=True, exist_ok=True)
    with (
        contextlib.ExitStack() as stack,
        contextlib.suppress(Interrupted),
    ):
        try:
            stack.enter_context(only_one(STATE, f"http://{HOST}:{PORT}/"))
            check_ports(HOST, PORT)
        except CannotServe as problem:
            print(problem, file=sys.stderr)
            return 1
        servers = Servers(STATE, stack)
        env = _environment(servers)
        _set_up(env)
        commands = processes.table(host=HOST, port=PORT, state=STATE)
        running = {}
        for name, command in commands.items():
            running[name] = _start(name, command, env, stack)
            if (
                name == "web"
            ):  # pages first: six processes that start at once keep each other waiting
                _until_it_answers(running[name])
        _announce()
        return _watch(
            running,
            lambda name: _start(name, commands[name], env, stack),
            servers.revive,
        )
    return 0


def _interrupt(*_: object) -> None:
    """Python drops an exception that meets a callback of its own, so the wish is kept, too."""
    _wishes_to_end.append(True)
    raise Interrupted


def _environment(servers: Servers) -> dict[str, str]:
    """The environment of the processes; embedded servers unless the outer one names real ones."""
    env = os.environ | {
        "STATE_DIR": str(STATE),
        "DEMO": "1" if DEMO else "0",
        "PYTHONUNBUFFERED": "1",
        "TRACK_SINCE": f"{datetime.now(UTC):%Y-%m-%d}",  # also for a process started anew tomorrow
    }
    if "DATABASE_URL" not in os.environ:
        server = servers.start_postgres()
        start_over_after_half_a_demo(
            STATE,
            lambda: embedded.drop_database(server, "track"),
        )
        embedded.ensure_database(server, "track")
        env |= {
            "DATABASE_URL": server.url("app", "track"),
            "SUPERUSER_URL": server.url("postgres", "track"),
            "OWNER_DATABASE_URL": server.url("owner", "track"),
        }
    if "REDIS_URL" not in os.environ:
        valkey = servers.start_valkey()
        env["REDIS_URL"] = valkey.url
    embedded.remember(
        STATE,
        {
            "database": env["DATABASE_URL"],
            "owner": env.get("OWNER_DATABASE_URL", ""),
            "redis": env["REDIS_URL"],
        },
    )
    return env


def start_over_after_half_a_demo(state: Path, drop_database: Callable[[], None]) -> None:
    """A load that was interrupted left orders without their ends; nobody has worked there yet, so
    all of it goes.
    """
    if not (state / HALF).exists():
        return
    print(
        "The demo was interrupted while it was loaded: starting over.",
        flush=True,
    )
    drop_database()
    for name in ("files", "mail"):
        embedded.wipe(state / name)
    for name in ("bootstrapped", "release", HALF):
        (state / name).unlink(missing_ok=True)


def _set_up(env: dict[str, str]) -> None:
    """Bootstrap, migrate and load the demo; nothing to do on a second start but a look."""
    mark = STATE / "release"
    release = _release()
    if DEMO and "SUPERUSER_URL" in env and not mark.exists():
        (STATE / HALF).touch()
    if "SUPERUSER_URL" in env and not (STATE / "bootstrapped").exists():
        _manage(env, "db_bootstrap", "--superuser-url", env["SUPERUSER_URL"])
        (STATE / "bootstrapped").touch()
    if not mark.exists() or mark.read_text() != release:
        _manage(env, "tenants_migrate")
        mark.write_text(release)
    if not DEMO and (STATE / "demo").exists():
        _manage(env, "demo", "--refuse")
    if DEMO and not (STATE / "demo").exists():
        _manage(env, "demo")
        (STATE / "demo").touch()
    (STATE / HALF).unlink(missing_ok=True)
    _collect(env)


def _collect(env: dict[str, str]) -> None:
    """Files for browsers get their hashed names, unless none has changed since."""
    mark = STATE / "collected"
    state = _static_files()
    if not mark.exists() or mark.read_text() != state:
        _manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        mark.write_text(state)


def _static_files() -> str:
    """What decides whether files must be collected again: those of the tree, and the libraries' versions."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _release() -> str:
    """What decides whether schemas may be behind: the names of all migrations."""
    return "\n".join(
        sorted(
            str(p.relative_to(ROOT))
            for p in ROOT.glob("*/**/migrations/*.py")
            if ".venv" not in p.parts
        )
    )


def _manage(env: dict[str, str], *words: str) -> None:
    subprocess.run(
        [PYTHON, str(ROOT / "manage.py"), *words],
        env=env,
        check=True,
        cwd=ROOT,
    )


def _start(
    name: str,
    command: list[str],
    env: dict[str, str],
    stack: contextlib.ExitStack,
) -> subprocess.Popen[bytes]:
    process = processes.start(name, command, env)
    stack.callback(processes.stop, process)
    return process


def _until_it_answers(web: subprocess.Popen[bytes]) -> None:
    """The first answer also makes the pages load; whoever cannot give one within this time does not
    hold up the rest.
    """
    address = f"http://{'127.0.0.1' if HOST in ('0.0.0.0', '::') else HOST}:{PORT}/readyz"  # noqa: S104
    until = time.monotonic() + WEB_SECONDS
    while web.poll() is None and time.monotonic() < until:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(address, timeout=WEB_SECONDS),
        ):
            return
        time.sleep(0.05)


def _announce() -> None:
    print(
        f"\n  http://{HOST}:{PORT}/\n{LOGINS if DEMO else ''}\n",
        flush=True,
    )


def _watch(
    running: dict[str, subprocess.Popen[bytes]],
    again: Callable[[str], subprocess.Popen[bytes]],
    revive: Callable[[], Iterable[str]] = tuple,
) -> int:
    """Start again what died, the servers first; what dies over and over stops everything, and is
    named.
    """
    deaths: dict[str, list[float]] = defaultdict(list)
    while not _wishes_to_end:
        for name in revive():
            print(f"{name} ended and was started again", file=sys.stderr)
            if _dies_too_often(deaths[name]):
                return 1
        for name, process in list(running.items()):
            if process.poll() is not None:
                print(
                    f"{name} ended with {process.returncode}",
                    file=sys.stderr,
                )
                if _dies_too_often(deaths[name]):
                    return 1
                time.sleep(1)
                running[name] = again(name)
        time.sleep(0.5)
    return 0


def _dies_too_often(deaths: list[float]) -> bool:
    """Note one more death; those of longer ago are forgotten."""
    now = time.monotonic()
    deaths[:] = [moment for moment in deaths if now - moment < MEMORY_OF_DEATHS]
    deaths.append(now)
    return len(deaths) > MOST_DEATHS


if __name__ == "__main__":
    sys.exit(main())
