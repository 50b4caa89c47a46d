"""How a price stands to tax, and a price taken apart by that: one meaning for papers and books."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.kit.money import TaxedAmount, TaxRate, split_tax


class PriceTax(models.TextChoices):
    """What a price that two sides agree on says of taxes."""

    INCLUDED = "included", _("Taxes included")
    ON_TOP = "on_top", _("Plus taxes")
    NONE = "none", _("Without taxes")


class Payment(models.TextChoices):
    """How a price is paid."""

    BANK = "bank", _("Bank transfer")
    CASH = "cash", _("Cash")


def split_price(price: Decimal, tax: str, rates: Sequence[TaxRate]) -> TaxedAmount:
    """Net, taxes and gross of a price: its whole where taxes are included, its net where they come on top.

    `rates` are those of the seller on the day; a price without taxes bears none of them.
    """
    match PriceTax(tax):
        case PriceTax.INCLUDED:
            return split_tax(gross=price, rates=rates)
        case PriceTax.ON_TOP:
            return split_tax(net=price, rates=rates)
        case PriceTax.NONE:
            return split_tax(net=price)
