"""Which sums of the cargo module are counted in the currency of the books."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commission.cargo.models import RateCard, Shipment
from companies.currency import add_hold


def _rates_and_parcels() -> str:
    has_any = RateCard.objects.exists() or Shipment.objects.exists()
    return _("Rate cards and parcels of cargo") if has_any else ""


add_hold(_rates_and_parcels)
