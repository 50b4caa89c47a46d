from __future__ import annotations

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tenants.platform.bootstrap import statements


class Command(BaseCommand):
    help = "Prints (or runs, given a superuser's address) the SQL that makes logins, roles and revokes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--print", action="store_true", dest="only_print")
        parser.add_argument("--superuser-url", default="")

    def handle(
        self,
        *args: object,
        only_print: bool,
        superuser_url: str,
        **options: object,
    ) -> None:
        scripts = statements(str(settings.DATABASES["default"]["NAME"]))
        if only_print or not superuser_url:
            self.stdout.write("\n\n".join(scripts))
            return
        with psycopg.connect(superuser_url, autocommit=True) as db:
            for script in scripts:
                db.execute(script.encode())
        self.stdout.write("done")
