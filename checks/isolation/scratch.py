"""A database that exists for one run: on the running server, else on an embedded one in a folder
that is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.conf import settings

from config import embedded
from tenants.platform import bootstrap

LOGINS = ("SUPERUSER_URL", "DATABASE_URL", "OWNER_DATABASE_URL")
SHUT_PORT = "redis://127.0.0.1:1"  # no queue and no cache take part


def as_login(url: str, login: str, database: str) -> str:
    """The same server for another login and database."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(login)}@{host}", path=f"/{database}"))


def superuser_url() -> str | None:
    """Of the server that SUPERUSER_URL names, or that `script/serve` left running; None when there
    is none.
    """
    address = os.environ.get("SUPERUSER_URL") or embedded.remembered(settings.STATE_DIR).get(
        "database", ""
    )
    if not address:
        return None
    url = address if "SUPERUSER_URL" in os.environ else as_login(address, "postgres", "postgres")
    try:
        with psycopg.connect(url, connect_timeout=3) as db:
            row = db.execute(
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return url if row and row[0] else None
    except psycopg.Error:
        return None


class Scratch:
    """The scratch database, its copies, and the environment of the processes that work in it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.names = [f"verify_{secrets.token_hex(4)}"]
        self.roles: list[str] = []
        for name in ("static", "files"):  # whoever names such a folder has made it
            (folder / name).mkdir(exist_ok=True)
        self._create(self.names[0], "")

    def _create(
        self,
        name: str,
        source: str,
    ) -> None:
        like = f' TEMPLATE "{source}" STRATEGY file_copy' if source else ""
        self._run(
            self.url,
            f'CREATE DATABASE "{name}"{like}',
            bootstrap.door(name) if source else "SELECT 1",
        )

    def copy(self) -> str:
        """Another database with the same content: workers do not wait for each other's locks."""
        name = f"{self.names[0]}_{len(self.names)}"
        self._create(name, self.names[0])
        self.names.append(name)
        return name

    def _run(self, url: str, *statements: str) -> None:
        with psycopg.connect(url, autocommit=True) as db:
            for statement in statements:
                db.execute(statement.encode())

    def environment(self, name: str) -> dict[str, str]:
        logins = {"DATABASE_URL": "app", "OWNER_DATABASE_URL": "owner"}
        urls = {variable: self._url(variable, login, name) for variable, login in logins.items()}
        kept = {key: value for key, value in os.environ.items() if key not in LOGINS}
        return (
            kept
            | urls
            | {
                "SUPERUSER_URL": other_database(self.url, name),
                "REDIS_URL": SHUT_PORT,
                "STATE_DIR": str(self.folder),
                "STORAGE_DIR": str(self.folder / "files"),
                "SECRET_KEY": "scratch",
                "PUBLIC_URL": "http://testserver",
                "DJANGO_SETTINGS_MODULE": "checks.isolation.settings",
                "STATEMENT_TIMEOUT": "60s",
                "DEMO": "0",
            }
        )

    def _url(self, variable: str, login: str, name: str) -> str:
        """A server that asks for passwords is named with all three logins; an embedded one asks for
        none.
        """
        url = os.environ.get(variable) if "SUPERUSER_URL" in os.environ else None
        return other_database(url, name) if url else as_login(self.url, login, name)

    def run(self, *words: str) -> None:
        """A step of the set-up, in a process of its own. Raises CalledProcessError."""
        subprocess.run(  # noqa: S603
            [sys.executable, *words],
            env=self.environment(self.names[0]),
            cwd=settings.BASE_DIR,
            check=True,
        )

    def drop(self) -> None:
        """Databases first, then the roles that only they used."""
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(other_database(self.url, self.names[0])) as db,
        ):
            self.roles = [
                str(name)
                for (name,) in db.execute("SELECT name FROM platform_schemaslot").fetchall()
            ]
        for name in reversed(self.names):
            self._run(
                self.url,
                f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            )
        for role in self.roles:
            self._run(self.url, f'DROP ROLE IF EXISTS "{role}"')


def other_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextlib.contextmanager
def scratch() -> Iterator[Scratch]:
    """Roles, public schema and two spare schemas are there; nothing is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="verify-"))
    server = None
    try:
        url = superuser_url()
        if url is None:
            server = embedded.start_postgres(folder / "postgres", fast=True)
            url = server.url("postgres", "postgres")
        place = Scratch(url, folder)
        try:
            place.run(
                "manage.py",
                "db_bootstrap",
                "--superuser-url",
                other_database(url, place.names[0]),
            )
            place.run("-m", "checks.isolation.prepare")
            yield place
        finally:
            place.drop()
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
