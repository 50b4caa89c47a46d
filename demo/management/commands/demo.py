from __future__ import annotations

import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import remove as removing
from demo import run
from tenants.accounts import demo_logins
from tenants.kit import clock
from tenants.platform import provisioning


class Command(BaseCommand):
    help = "Loads the demo once: three resellers, the pool, two years of orders."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove",
            action="store_true",
            help="end its logins and suspend its resellers",
        )
        parser.add_argument(
            "--refuse",
            action="store_true",
            help="fail where its logins are open without DEMO=1",
        )

    def handle(self, *args: object, remove: bool, refuse: bool, **options: object) -> None:
        if refuse:
            self._refuse()
        elif remove:
            ended = removing.remove(at=clock.now())
            self.stdout.write(f"{ended} logins of the demo ended, its resellers suspended")
        else:
            self._load()

    def _refuse(self) -> None:
        try:
            demo_logins.refuse()
        except ImproperlyConfigured as problem:
            raise CommandError(str(problem)) from problem

    def _load(self) -> None:
        if run.loaded():
            self.stdout.write("the demo is loaded already")
            return
        if "owner" in settings.DATABASES:
            provisioning.refill(spares=3, at=timezone.now())
        started = time.monotonic()
        run.load(
            now=clock.now(),
            say=lambda what: self.stdout.write(f"demo: {what} {time.monotonic() - started:.0f} s"),
        )
