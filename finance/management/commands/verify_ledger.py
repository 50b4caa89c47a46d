"""Compare what every reseller's books keep twice; exit 1 on any difference."""

from __future__ import annotations

import sys
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from finance.models import Line
from finance.verify import differences
from tenants.context import PLATFORM, inside
from tenants.platform.models import Reseller
from tenants.platform.resellers import scope_of


class Command(BaseCommand):
    help = (
        "Monthly sums, paid amounts, open sums and platform fees against the lines they come from."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*", help="only these resellers")

    def handle(self, *args: object, slug: list[str], **options: object) -> None:
        with inside(PLATFORM):
            resellers = list(Reseller.objects.order_by("slug").values_list("id", "slug"))
        chosen = set(slug) or {name for _, name in resellers}
        bad = sum(self._verify(name, pk) for pk, name in resellers if name in chosen)
        if bad:
            sys.exit(1)

    def _verify(self, slug: str, reseller_id: UUID) -> int:
        """Print what differs; how many differences."""
        with inside(scope_of(reseller_id)):
            faults = list(differences())
            lines = Line.objects.count()
        for text in faults:
            self.stdout.write(f"{slug}: {text}")
        if not faults:
            self.stdout.write(f"{slug}: {lines} lines, all agree")
        return len(faults)
