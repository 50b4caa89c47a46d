"""Taxes on a reseller's services, as dated rows. Sources and how sure they are: docs/money.md.

A rate is looked up by the day of the invoice; a changed rate is a new row, never an edited one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from tenants.kit.money import TaxRate


@dataclass(frozen=True, slots=True)
class Row:
    """A tax of a country with the days it holds; `optional` ones are charged only where the
    reseller says so.
    """

    country: str
    kind: str
    percent: Decimal
    since: date
    until: date | None = None
    optional: bool = False

    def holds(
        self,
        on: date,
    ) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


NAMES = {
    "НДС": _("VAT"),
    "VAT": _("VAT"),
    "НСП": _("Sales tax"),
}
ROWS = (
    Row("KG", "НДС", Decimal(12), date(2009, 1, 1)),
    Row("KG", "НСП", Decimal(2), date(2022, 1, 1), optional=True),
    Row("TH", "VAT", Decimal(7), date(1999, 4, 1)),
    Row("RU", "НДС", Decimal(20), date(2019, 1, 1), date(2025, 12, 31)),
    Row("RU", "НДС", Decimal(22), date(2026, 1, 1)),
    Row("KZ", "НДС", Decimal(12), date(2009, 1, 1), date(2025, 12, 31)),
    Row("KZ", "НДС", Decimal(16), date(2026, 1, 1)),
)


def name_of(kind: str) -> str:
    """What a tax is called in the reader's language."""
    return str(NAMES.get(kind, kind))


def rates_for(
    *, country: str, on: date, optional: frozenset[str] = frozenset()
) -> tuple[TaxRate, ...]:
    """What a payer of this country's value-added tax charges on a day, besides the optional kinds
    it named.
    """
    return tuple(
        TaxRate(row.kind, row.percent)
        for row in ROWS
        if row.country == country and row.holds(on) and (not row.optional or row.kind in optional)
    )
