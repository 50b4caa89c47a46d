"""Loaded first (`-p tests.servers`): real PostgreSQL and Valkey for the whole run, a database for
each worker.

The template database holds the migrated schemas and the cast of tests/world.py; it is built once
per state of the code that shapes it, and every worker gets a copy.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg

from config import embedded
from tenants.platform import bootstrap

ROOT = Path(__file__).resolve().parent.parent
BASE = Path(os.environ.get("TEST_STATE_DIR", ROOT / ".state" / "test")).resolve()
SHAPES = (
    "*/models.py",
    "*/models/*.py",
    "**/migrations/*.py",
    "**/sql/*.sql",
    "tenants/platform/*.py",
    "tenants/*/grants.py",
    "tests/world.py",
    "tenants/permissions.py",
)
_held: list[IO[str]] = []  # locks last as long as the process


def fingerprint() -> str:
    """Changes with anything that shapes the template: models, migrations, SQL, grants, the cast."""
    digest = hashlib.sha256()
    for pattern in SHAPES:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _free_place() -> Path:
    """The first place no other run holds: runs side by side have servers of their own."""
    for number in itertools.count():
        place = Path(f"{BASE}-{number}")
        place.mkdir(parents=True, exist_ok=True)
        handle = (place / "lock").open("w")
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _held.append(handle)
            return place
        handle.close()
    raise AssertionError


def _start() -> None:
    place = _free_place()
    (place / "static").mkdir(exist_ok=True)
    server = embedded.start_postgres(place / "postgres", fast=True)
    valkey = embedded.start_valkey(place / "valkey")
    template = f"tpl_{fingerprint()}"
    os.environ |= {
        "TEST_SUPERUSER_URL": server.url("postgres", "postgres"),
        "TEST_TEMPLATE": template,
        "REDIS_URL": valkey.url,
        "STATE_DIR": str(place),
        "SECRET_KEY": "tests-only",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TESTS": "1",
    }
    _pretend()
    _point_to(template)
    _build(template)


def _pretend() -> None:
    """Every process of this run has one idea of today: `TRACK_TODAY`, or else the real day."""
    real = f"{datetime.now(UTC):%Y-%m-%d}"
    os.environ |= {
        "TRACK_SINCE": real,
        "TRACK_TODAY": os.environ.get("TRACK_TODAY") or real,
    }


def urls_of(database: str) -> dict[str, str]:
    """The three logins' addresses of a database, by the names of their settings."""
    base = os.environ["TEST_SUPERUSER_URL"]
    logins = (
        ("DATABASE_URL", "app"),
        ("OWNER_DATABASE_URL", "owner"),
        ("SUPERUSER_URL", "postgres"),
    )
    return {
        setting: base.replace("//postgres", f"//{login}").replace("/postgres?", f"/{database}?")
        for setting, login in logins
    }


def _point_to(database: str) -> None:
    os.environ |= urls_of(database)


def _build(template: str) -> None:
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as db:
        for (name,) in db.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^(tpl|test)_'"
        ).fetchall():
            if name.startswith("tpl_") and name == template:
                return
            db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        db.execute('DROP DATABASE IF EXISTS "building" WITH (FORCE)')
        _drop_roles(db)
        db.execute('CREATE DATABASE "building"')
    _point_to("building")
    for words in (
        [
            "manage.py",
            "db_bootstrap",
            "--superuser-url",
            os.environ["SUPERUSER_URL"],
        ],
        ["manage.py", "tenants_migrate", "--spares", "2"],
        ["-m", "tests.world"],
    ):
        subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as db:
        db.execute(f'ALTER DATABASE "building" RENAME TO "{template}"')  # type: ignore[arg-type]
    _point_to(template)


def _drop_roles(db: psycopg.Connection[tuple[object, ...]]) -> None:
    """Reseller roles belong to the whole server; those of dropped databases go with them."""
    for (name,) in db.execute(r"SELECT rolname FROM pg_roles WHERE rolname LIKE 't\_%'").fetchall():
        db.execute(f'DROP ROLE IF EXISTS "{name}"')  # type: ignore[arg-type]


def copy_of_template(name: str) -> None:
    """A fresh copy of the template under this name."""
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as db:
        db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{os.environ["TEST_TEMPLATE"]}"')  # type: ignore[arg-type]
        db.execute(bootstrap.door(name))  # type: ignore[arg-type]


def drop(name: str) -> None:
    with psycopg.connect(os.environ["TEST_SUPERUSER_URL"], autocommit=True) as db:
        db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def has_workers(words: list[str]) -> bool:
    """Whether pytest is told to spread the tests: `-n4`, `-n 4`, `--numprocesses=4`, but not 0."""
    number = "0"
    for word, following in itertools.pairwise([*words, ""]):
        if word in ("-n", "--numprocesses"):
            number = following
        elif word.startswith("--numprocesses="):
            number = word.partition("=")[2]
        elif re.fullmatch(r"-n\w+", word):
            number = word.removeprefix("-n")
    return number != "0"


if "TEST_TEMPLATE" not in os.environ:
    _start()
_own = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
if "PYTEST_XDIST_WORKER" in os.environ or not has_workers(sys.argv):
    copy_of_template(_own)
    _point_to(_own)
    os.environ["TEST_DATABASE"] = _own
