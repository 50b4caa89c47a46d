"""Which taxes an own firm charges: by its regime of the day, and the optional ones that it chose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from companies.models import FIRST_FIRM, OwnFirm, OwnTax
from companies.queries import own_details
from companies.regimes import pays_vat, regime_of
from companies.taxes import ROWS, Row, rates_for
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.money import TaxRate
from tenants.kit.price_tax import PriceTax
from tenants.office import audit
from tenants.office.current import current_reseller

# Where a price is understood without the tax; elsewhere it holds the tax.
ON_TOP_IN = {"TH"}


class Sellers:
    """The own firms with their regimes and chosen taxes, read once: whoever prices many orders asks here."""

    def __init__(self, by: Actor | None = None) -> None:
        firms = OwnFirm.objects.prefetch_related("regimes")
        self._firms = {firm.pk: firm for firm in firms}
        self._main = next((firm for firm in firms if firm.is_main), OwnFirm())
        self._choices = list(OwnTax.objects.all())
        self.home = current_reseller(by).country

    def firm(self, firm_id: int | None) -> OwnFirm:
        """The firm, or the main one; an empty, unsaved one until the head has filled it in."""
        if firm_id is None:
            return self._main
        return self._firms.get(firm_id, OwnFirm())

    def country(self, firm_id: int | None) -> str:
        """Whose taxes the firm charges."""
        return self.firm(firm_id).country or self.home

    def pays_vat(self, firm_id: int | None, on: date) -> bool:
        """By the regime of the day; before the first one the details say it."""
        return pays_vat(self.firm(firm_id), on)

    def rates(self, firm_id: int | None, on: date) -> tuple[TaxRate, ...]:
        """What the firm puts on its invoices of a day; nothing where it pays no value-added tax."""
        if not self.pays_vat(firm_id, on):
            return ()
        firm = self.firm(firm_id)
        country = self.country(firm_id)
        usual = rates_for(country=country, on=on, optional=self._chosen(firm, on))
        regime = regime_of(firm, on)
        percent = regime.vat_percent if regime else None
        if percent is None:
            return usual
        return tuple(
            replace(rate, percent=percent) if _is_vat(rate.kind, country) else rate
            for rate in usual
        )

    def usual_tax(self, firm_id: int | None, on: date) -> PriceTax:
        """How a price of the firm stands to tax where nobody says it (issue "Books", part 1)."""
        if not self.pays_vat(firm_id, on):
            return PriceTax.NONE
        return usual_in(self.country(firm_id))

    def _chosen(self, firm: OwnFirm, on: date) -> frozenset[str]:
        return frozenset(
            row.kind for row in self._choices if row.firm_id == firm.pk and row.holds(on)
        )


def usual_in(country: str) -> PriceTax:
    """How prices of those who pay value-added tax stand to it in a country."""
    return PriceTax.ON_TOP if country in ON_TOP_IN else PriceTax.INCLUDED


def chosen(on: date, firm_id: int = FIRST_FIRM) -> frozenset[str]:
    """Optional kinds that a firm charges on a day."""
    rows = OwnTax.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return frozenset(rows.filter(firm_id=firm_id).values_list("kind", flat=True))


def _is_vat(kind: str, country: str) -> bool:
    """The tax of a country that nobody chooses is its value-added tax."""
    return any(row.kind == kind and row.country == country and not row.optional for row in ROWS)


def country(by: Actor | None = None, firm_id: int | None = None) -> str:
    """Whose taxes: the country of the firm, or of the main one."""
    return own_details(firm_id).country or current_reseller(by).country


def rows(*, country: str, on: date) -> list[Row]:
    """The country's rows of a day."""
    return [row for row in ROWS if row.country == country and row.holds(on)]


@transaction.atomic
def choose(
    *,
    kinds: Collection[str],
    by: Actor,
    at: datetime,
    firm_id: int | None = None,
) -> None:
    """The firm, or the main one, charges these optional taxes from today on, and no others. Issued
    invoices stay as they are.
    """
    firm = own_details(firm_id)
    today = day_of(at, current_reseller(by).zone)
    offered = {row.kind for row in rows(country=country(by, firm_id), on=today) if row.optional}
    before = chosen(today, firm.pk)
    after = frozenset(kinds) & offered
    standing = OwnTax.objects.filter(firm_id=firm.pk, until=None)
    standing.filter(kind__in=before - after).update(until=today)
    OwnTax.objects.bulk_create(
        OwnTax(
            firm_id=firm.pk,
            kind=kind,
            since=today,
            chosen_at=at,
            chosen_by=by.member_id,
        )
        for kind in sorted(after - before)
    )
    if before != after:
        audit.record(
            action="own.taxes",
            subject="own:taxes",
            title=firm.name,
            by=by,
            at=at,
            before={"kinds": sorted(before)},
            after={"kinds": sorted(after)},
        )
