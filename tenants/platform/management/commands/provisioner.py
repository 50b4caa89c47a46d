from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tenants.kit import heartbeats
from tenants.platform.provisioning import refill


class Command(BaseCommand):
    help = "Keeps spare schemas ready (login `owner`); runs until stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--spares", type=int, default=3)
        parser.add_argument(
            "--every",
            type=float,
            default=2.0,
            help="seconds between looks",
        )

    def handle(self, *args: object, spares: int, every: float, **options: object) -> None:
        while True:
            heartbeats.leave("provisioner")
            if built := refill(spares=spares, at=timezone.now()):
                self.stdout.write(f"built {built} spare schemas")
            time.sleep(every)
