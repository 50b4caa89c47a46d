"""How many numbers of companies and own firms pass the rules of their country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from companies.country_fields import BANK, details_of, faults, numbers_of
from companies.identifiers import Numbers
from companies.models import Company, OwnFirm
from tenants.context import PLATFORM, inside
from tenants.platform.models import Reseller
from tenants.platform.resellers import scope_of

GOOD = "pass"
DOUBT = "doubted"
WRONG = "wrong"


class Command(BaseCommand):
    help = "Read every tax number and account by its rule: how many pass, are doubted, are wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*", help="only these resellers")

    def handle(self, *args: object, slug: list[str], **options: object) -> None:
        with inside(PLATFORM):
            resellers = list(
                Reseller.objects.order_by("slug").values_list(
                    "id",
                    "slug",
                )
            )
        counts: Counter[tuple[str, str, str]] = Counter()
        for reseller_id, name in resellers:
            if not slug or name in slug:
                counts.update(_results(reseller_id))
        rules = sorted({(country, field) for country, field, _ in counts})
        for country, field in rules:
            numbers = ", ".join(
                f"{counts[country, field, result]} {result}" for result in (GOOD, DOUBT, WRONG)
            )
            self.stdout.write(f"{country} {field}: {numbers}")


def _results(
    reseller_id: UUID,
) -> Iterator[tuple[str, str, str]]:
    with inside(scope_of(reseller_id)):
        for model in (Company, OwnFirm):
            for row in model.objects.prefetch_related("bank_accounts"):
                yield from _of_numbers(row.country, numbers_of(row))
                for account in row.bank_accounts.all():
                    of_bank = {name: getattr(account, name) for name in BANK}
                    yield from _of_numbers(row.country, of_bank)


def _of_numbers(
    country: str,
    numbers: Numbers,
) -> Iterator[tuple[str, str, str]]:
    """Country, field and result of each number that has a rule."""
    by_field = faults(
        country,
        numbers,
    )
    for name, field in details_of(country).fields.items():
        if numbers.get(name) and field.rule:
            fault = by_field.get(name)
            bad = WRONG if fault and fault.is_sure else DOUBT
            yield country, name, bad if fault else GOOD
