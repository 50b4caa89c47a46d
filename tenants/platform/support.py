"""Where a reseller's people find help, by which clock it works, and how its Thai pages count years.

Pages outside a reseller's schema show it, so it stands in the public one.
"""

from __future__ import annotations

from collections.abc import Mapping

from tenants.context import PLATFORM, current_reseller_id, inside
from tenants.platform.models import Reseller

FIELDS = (
    "support_email",
    "support_line",
    "support_whatsapp",
    "support_telegram",
    "support_phone",
)


def set_support(values: Mapping[str, str]) -> None:
    """Those of FIELDS, of the reseller whose scope is open and of no other."""
    contacts = {name: values.get(name, "") for name in FIELDS}
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(**contacts)


def set_zone(time_zone: str) -> None:
    """Of the reseller whose scope is open, and of no other."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(time_zone=time_zone)


def set_currency(currency: str) -> None:
    """Of the reseller whose scope is open, and of no other."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(currency=currency)


def set_era(*, buddhist: bool) -> None:
    """Of the reseller whose scope is open, and of no other."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(buddhist_era=buddhist)
