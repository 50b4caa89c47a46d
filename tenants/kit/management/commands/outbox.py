from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Min, Q
from django.utils import timezone

from tenants.context import RELAY, inside
from tenants.kit import outbox
from tenants.kit.models import OutboxEvent


class Command(BaseCommand):
    help = "Shows what waits in the outbox; --again gives events whose tries have ended new ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again",
            nargs="?",
            const="",
            metavar="TOPIC",
            help="of all topics, or of those that begin so",
        )

    def handle(self, *args: object, again: str | None, **options: object) -> None:
        if again is not None:
            count = outbox.again(again, at=timezone.now())
            self.stdout.write(f"{count} events are tried again")
        with inside(RELAY):
            is_dead = Q(attempts__gte=outbox.MAX_ATTEMPTS)
            topics = OutboxEvent.objects.filter(done_at=None).values_list("topic")
            counts = topics.annotate(
                waiting=Count("id", filter=~is_dead),
                dead=Count("id", filter=is_dead),
                oldest=Min("not_before"),
            )
            for topic, waiting, dead, oldest in counts.order_by("topic"):
                line = f"{topic}: {waiting} wait, {dead} given up, the oldest since {oldest:%F %T}"
                self.stdout.write(line)
