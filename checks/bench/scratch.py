"""A database of the benchmark's own: on the server whose superuser is named, else on embedded
servers in a folder that goes away.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from config import embedded
from config.processes import ROOT

Environment = dict[str, str]


@contextlib.contextmanager
def scratch() -> Iterator[Environment]:
    """The environment of processes that work on the scratch database, with the schemas of a fresh
    installation.
    """
    name = f"bench_{secrets.token_hex(4)}"
    with contextlib.ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
            )
        )
        (folder / "static").mkdir()
        superuser, redis = _servers(folder, stack)
        with psycopg.connect(superuser, autocommit=True) as db:
            db.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        stack.callback(_drop, superuser, name)
        yield _prepared(_environment(superuser, redis, name, folder))


def _servers(
    folder: Path,
    stack: contextlib.ExitStack,
) -> tuple[str, str]:
    """Addresses of a superuser and of Redis."""
    if superuser := os.environ.get("SUPERUSER_URL"):
        from django.conf import settings

        return superuser, settings.REDIS_URL
    server = embedded.start_postgres(folder / "postgres")
    stack.callback(server.stop)
    valkey = embedded.start_valkey(folder / "valkey")
    stack.callback(valkey.stop)
    return server.url("postgres", "postgres"), valkey.url


def _environment(superuser: str, redis: str, name: str, folder: Path) -> Environment:
    def address(login: str) -> str:
        info = psycopg.conninfo.conninfo_to_dict(superuser)
        host = info.get("host") or ""
        port = info.get("port") or ""
        where = f"?host={str(host).replace('/', '%2F')}" + (f"&port={port}" if port else "")
        return f"postgresql://{login}@/{name}{where}"

    own = {
        "DATABASE_URL": address("app"),
        "OWNER_DATABASE_URL": address("owner"),
        "SUPERUSER_URL": address(info_user(superuser)),
        "REDIS_URL": redis,
        "STATE_DIR": str(folder),
        "DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return dict(os.environ) | own


def info_user(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url).get("user") or "postgres")


def _prepared(env: Environment) -> Environment:
    for words in (
        ["db_bootstrap", "--superuser-url", env["SUPERUSER_URL"]],
        ["tenants_migrate", "--spares", "0"],
    ):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=env,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return env


def _drop(superuser: str, name: str) -> None:
    """The database and the roles of its schemas, which belong to the whole server."""
    with psycopg.connect(superuser, autocommit=True) as db:
        roles = _roles_in(superuser, name)
        db.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        for role in roles:
            db.execute(SQL("DROP ROLE IF EXISTS {}").format(Identifier(role)))


def _roles_in(
    superuser: str,
    name: str,
) -> list[str]:
    info = psycopg.conninfo.conninfo_to_dict(superuser) | {"dbname": name}
    with (
        contextlib.suppress(psycopg.Error),
        psycopg.connect(psycopg.conninfo.make_conninfo("", **info)) as db,
    ):
        schemas = db.execute(
            "SELECT name FROM platform_schemaslot WHERE name <> 't_template'"
        ).fetchall()
        return [str(schema) for (schema,) in schemas]
    return []
