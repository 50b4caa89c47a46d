from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tenants.platform.retention import rules, take_away, waiting_to_go


class Command(BaseCommand):
    help = "Shows how long things are kept and what would go now; --run takes it away."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="take it away now")
        parser.add_argument("--table", action="store_true", help="the table of docs/retention.md")

    def handle(self, *args: object, run: bool, table: bool, **options: object) -> None:
        if table:
            self.stdout.write("\n".join(lines_of_table()))
            return
        now = timezone.now()
        if run:
            for name, gone in take_away(at=now).items():
                self.stdout.write(f"{name}: {gone} gone")
            return
        for rule in rules():
            count = waiting_to_go(rule, at=now)
            self.stdout.write(f"{rule.name}: kept {rule.kept.days} days; {count} would go")


def lines_of_table() -> list[str]:
    head = ["| what | of | days | why |", "|---|---|---|---|"]
    body = [
        f"| {rule.name} | {rule.scope.role if rule.scope else 'each reseller'} "
        f"| {rule.kept.days} | {rule.why} |"
        for rule in rules()
    ]
    return head + body
