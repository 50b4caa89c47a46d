from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.platform import migrating, provisioning


class Command(BaseCommand):
    help = "Brings the public schema, the template and every reseller's schema to head; reports each; can be repeated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--canaries", type=int, default=1)
        parser.add_argument(
            "--canary", default="", help="the schema to try first; else a spare one"
        )
        parser.add_argument(
            "--spares",
            type=int,
            default=3,
            help="spare schemas to leave ready",
        )

    def handle(
        self,
        *args: object,
        workers: int,
        canaries: int,
        canary: str,
        spares: int,
        **options: object,
    ) -> None:
        if not migrating.is_alone():
            raise CommandError("Another tenants_migrate is running. Wait for its end.")
        migrating.migrate_public()
        migrating.ensure_template(at=timezone.now())
        failed = 0
        for outcome in migrating.migrate_all(workers=workers, canaries=canaries, first=canary):
            failed += bool(outcome.error)
            mark = f"FAILED {outcome.error}" if outcome.error else "ok"
            self.stdout.write(
                f"{outcome.schema}  {outcome.steps} steps  {outcome.milliseconds:.1f} ms  {mark}"
            )
        provisioning.refill(spares=spares, at=timezone.now())
        left = migrating.behind()
        self.stdout.write(f"{len(left)} schemas behind" if left else "all schemas at head")
        if failed or left:
            raise SystemExit(1)
