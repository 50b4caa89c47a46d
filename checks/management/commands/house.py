from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from checks.house.report import figures


class Command(BaseCommand):
    help = "Measures the source: sizes, density, cycles, types. Exits 1 when a goal is missed."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{'':<52}{'is':>10}{'at most':>10}")
        measured = figures()
        for figure in measured:
            self.stdout.write(figure.line())
        missed = [figure.name for figure in measured if not figure.holds]
        if missed:
            raise CommandError(f"{len(missed)} goals missed")
