from __future__ import annotations

import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from demo import run
from tenants.kit import clock
from tenants.platform import provisioning


class Command(BaseCommand):
    help = "Loads the demo once: three resellers, the pool, two years of orders."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
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
