"""How a carrier's rate stands to tax where nobody says it, and which taxes it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from companies.models import Company
from companies.own_taxes import usual_in
from companies.taxes import rates_for
from tenants.kit.money import TaxRate
from tenants.kit.price_tax import PriceTax


def pays_vat(partner: Company | None) -> bool:
    """Whether the carrier's card says so. A driver of his own has no card and pays none."""
    return partner is not None and partner.vat_payer


def usual_tax(partner: Company | None, *, home: str) -> PriceTax:
    """As usual in the carrier's country where it pays the tax; without taxes where that is unknown."""
    if partner is None or not pays_vat(partner):
        return PriceTax.NONE
    return usual_in(partner.country or home)


def rates_in(country: str, tax: str, on: date) -> Sequence[TaxRate]:
    """What a carrier of the country has in its rate, or puts on it."""
    return rates_for(country=country, on=on) if tax != PriceTax.NONE else ()
