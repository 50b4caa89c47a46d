"""The reseller whose scope is open, for acts that may be done by somebody of another reseller or by
nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tenants.context import GATE, current_reseller_id, inside
from tenants.platform.models import Reseller


@dataclass(frozen=True, slots=True)
class Home:
    name: str
    currency: str
    language: str
    zone: ZoneInfo

    def day(self, at: datetime) -> date:
        """The reseller's own day at that moment."""
        return at.astimezone(self.zone).date()


def home() -> Home:
    """Name, currency, language and time zone of the reseller in force."""
    reseller = current_reseller_id()
    with inside(GATE):
        name, currency, language, zone = Reseller.objects.values_list(
            "name", "currency", "language", "time_zone"
        ).get(pk=reseller)
    return Home(name, currency, language, ZoneInfo(zone))
