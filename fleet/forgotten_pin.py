"""A driver who forgot the PIN: the office at home hears of it and gives a new one (FAULTS D7).

A stranger learns nothing: the answer is the same whether the phone opens the app or not.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fleet import links
from tenants.accounts import driver_login
from tenants.accounts.models import Device, DriverAccess
from tenants.accounts.secrets import digest
from tenants.context import CARRIERS, inside
from tenants.drivers.models import Driver
from tenants.kit import limits
from tenants.kit.contacts import Contact, contacts_of
from tenants.office.hearing import Hearer, News, Row, tell
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of, scope_of

AN_HOUR = 3600  # seconds; asking again within it tells nobody anew
TABLE = (
    Row(
        "driver.pin_forgotten",
        Hearer.DISPATCHERS,
        _("%(driver)s forgot the PIN and asks for a new one"),
    ),
)


def ask(*, phone: str, at: datetime) -> None:
    """Tell the office that the driver of this phone belongs to."""
    number = driver_login.number_of(phone)
    access = DriverAccess.objects.filter(phone=number, blocked_at=None).first()
    driver = _driver(access) if access else None
    if driver is None or driver.home_reseller_id is None:
        return
    if not limits.allowed(f"forgotten-pin:{driver.pk}", limit=1, seconds=AN_HOUR):
        return
    news = News(
        "driver.pin_forgotten",
        {"driver": driver.name},
        url=links.driver(driver.pk),
    )
    with inside(scope_of(driver.home_reseller_id)), transaction.atomic():
        tell(news, by=None, at=at)


def office_of(device: str) -> tuple[Contact, ...]:
    """How to reach the office of an enrolled phone's driver; on other phones nothing is said."""
    held = Device.objects.filter(key_hash=digest(device), destroyed_at=None).first()
    driver = _driver(held.driver) if held else None
    if driver is None or driver.home_reseller_id is None:
        return ()
    reseller = Reseller.objects.get(pk=driver.home_reseller_id)
    return contacts_of(**info_of(reseller).support)


def _driver(access: DriverAccess) -> Driver | None:
    with inside(CARRIERS):
        return Driver.objects.filter(pk=access.driver_id, status=Driver.Status.ACTIVE).first()
