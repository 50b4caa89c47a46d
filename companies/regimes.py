"""Tax regimes of own firms: which there are in a country, and the one that holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from companies import trail
from companies.models import OwnFirm, TaxRegime
from companies.own import locked
from tenants.actor import Actor
from tenants.kit.forms import Choice, Label


@dataclass(frozen=True, slots=True)
class Regime:
    """A way to be taxed. `vat_percent` replaces the country's usual rate of value-added tax."""

    key: str
    label: Label
    pays_vat: bool
    vat_percent: Decimal | None = None


VAT = Regime("vat", _("General regime, pays VAT"), pays_vat=True)
NO_VAT = Regime("no_vat", _("General regime, without VAT"), pays_vat=False)
SIMPLIFIED = Regime("simplified", _("Simplified regime, without VAT"), pays_vat=False)
PATENT = Regime("patent", _("Patent"), pays_vat=False)
SIMPLIFIED_5 = Regime("simplified_5", _("Simplified regime, VAT 5 %"), True, Decimal(5))
SIMPLIFIED_7 = Regime("simplified_7", _("Simplified regime, VAT 7 %"), True, Decimal(7))
BY_COUNTRY = {
    "KG": (VAT, NO_VAT, SIMPLIFIED, PATENT),
    "RU": (VAT, SIMPLIFIED, SIMPLIFIED_5, SIMPLIFIED_7, PATENT),
    "KZ": (VAT, NO_VAT, SIMPLIFIED, PATENT),
    "TH": (VAT, NO_VAT),
}
ELSEWHERE = (VAT, NO_VAT)
BY_KEY = {one.key: one for one in (VAT, NO_VAT, SIMPLIFIED, SIMPLIFIED_5, SIMPLIFIED_7, PATENT)}


def choices(
    country: str,
) -> list[Choice]:
    """Regimes of a country, to choose from."""
    offered = BY_COUNTRY.get(country, ELSEWHERE)
    return [(one.key, str(one.label)) for one in offered]


def regime_of(
    firm: OwnFirm,
    on: date,
) -> Regime | None:
    """The regime that holds on a day; None before the first one that was entered."""
    if firm._state.adding:
        return None
    begun = (row for row in firm.regimes.all() if row.since <= on)  # the latest comes first
    row = next(begun, None)
    return BY_KEY[row.regime] if row else None


def pays_vat(firm: OwnFirm, on: date) -> bool:
    """By the regime of the day; without one the details say it."""
    regime = regime_of(firm, on)
    return regime.pays_vat if regime else firm.vat_payer


@transaction.atomic
def choose(
    *,
    firm_id: int | None,
    regime: str,
    since: date,
    by: Actor,
    at: datetime,
) -> TaxRegime:
    """The firm, or the main one, is taxed so from that day on; another choice of the same day replaces it. Issued
    invoices stay as they are.
    """
    firm = locked(firm_id)
    row, _is_new = TaxRegime.objects.update_or_create(
        firm=firm,
        since=since,
        defaults={"regime": regime, "chosen_at": at, "chosen_by": by.member_id},
    )
    trail.write(
        "own.regime",
        firm,
        by,
        at,
        after={"regime": regime, "since": since.isoformat()},
    )
    return row
