from __future__ import annotations

from django.core.management.base import BaseCommand

from tenants.kit.relay import run


class Command(BaseCommand):
    help = "Sends the outbox to the workers; runs until stopped."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        run()
