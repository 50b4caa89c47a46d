"""Where a reseller's people find help, and how its Thai pages count years.

Pages outside a reseller's schema show it, so it stands in the public one.
"""

from __future__ import annotations

from tenants.context import PLATFORM, current_reseller_id, inside
from tenants.platform.models import Reseller


def set_support(*, email: str, line: str) -> None:
    """Of the reseller whose scope is open, and of no other."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(support_email=email, support_line=line)


def set_era(*, buddhist: bool) -> None:
    """Of the reseller whose scope is open, and of no other."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        Reseller.objects.filter(pk=reseller_id).update(buddhist_era=buddhist)
