from __future__ import annotations

import os

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from psycopg.sql import SQL, Identifier

from tenants.platform.bootstrap import LOGINS, statements

HOW_TO_SET_PASSWORDS = "\n".join(f"-- then, in psql: \\password {login}" for login in LOGINS)


class Command(BaseCommand):
    help = (
        "Prints (or runs, given a superuser's address) the SQL that makes logins, roles and revokes; "
        "run, it also gives both logins the passwords of DATABASE_URL and OWNER_DATABASE_URL. "
        "Can be repeated."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--print", action="store_true", dest="only_print")
        parser.add_argument(
            "--superuser-url",
            default=os.environ.get("SUPERUSER_URL", ""),
            help="by default SUPERUSER_URL of the environment",
        )

    def handle(
        self,
        *args: object,
        only_print: bool,
        superuser_url: str,
        **options: object,
    ) -> None:
        scripts = statements(str(settings.DATABASES["default"]["NAME"]))
        if only_print or not superuser_url:
            self.stdout.write("\n\n".join([*scripts, HOW_TO_SET_PASSWORDS]))
            return
        with psycopg.connect(superuser_url, autocommit=True) as db:
            for script in scripts:
                db.execute(script.encode())
            for login, password in _passwords().items():
                _set_password(db, login, password)
        self.stdout.write("done")


def _passwords() -> dict[str, str]:
    """The passwords that the settings name, by login; a login without one keeps what it has."""
    addresses = settings.DATABASES.values()
    named = {str(address["USER"]): str(address["PASSWORD"]) for address in addresses}
    return {login: named[login] for login in LOGINS if named.get(login)}


def _set_password(
    db: psycopg.Connection[tuple[object, ...]],
    login: str,
    password: str,
) -> None:
    """The server gets the hash alone, so that its log never shows a password."""
    verifier = db.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    alter = SQL("ALTER ROLE {} PASSWORD {}")
    db.execute(alter.format(Identifier(login), verifier.decode()))
