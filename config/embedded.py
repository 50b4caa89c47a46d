"""The embedded PostgreSQL and Valkey; `DATABASE_URL` and `REDIS_URL` bypass them."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from config.postgres import PostgresServer
from config.valkey import ValkeyServer


def start_postgres(folder: Path, *, fast: bool = False) -> PostgresServer:
    """Start the server whose data lie in `folder`; `fast` gives up durability (tests)."""
    server = PostgresServer(folder, fast=fast)
    server.start()
    return server


def start_valkey(folder: Path, *, port: int | None = None) -> ValkeyServer:
    """Start Valkey with its file in `folder`, on a free port unless one is named."""
    server = ValkeyServer(folder, port=port)
    server.start()
    return server


def remember(
    state: Path,
    urls: dict[str, str],
) -> None:
    """Leave the servers' addresses where `manage.py` finds them."""
    path = state / "servers.json"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(urls))


def remembered(state: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        urls: dict[str, str] = json.loads((state / "servers.json").read_text())
        return urls
    return {}


def wipe(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def ensure_database(server: PostgresServer, name: str) -> None:
    """Create the database when it is not there yet."""
    from psycopg.sql import SQL, Identifier

    with server.superuser() as db:
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            db.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))


def drop_database(server: PostgresServer, name: str) -> None:
    """Drop the database and the roles of its reseller schemas, which belong to the whole server."""
    from psycopg.sql import SQL, Identifier

    with server.superuser() as db:
        db.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        for (role,) in db.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ~ '^t_[a-z0-9]+$'"
        ).fetchall():
            db.execute(SQL("DROP ROLE {}").format(Identifier(role)))
