"""Takes the demo out of an installation that goes on without it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from demo.cast import FIRMS
from tenants.accounts import identify
from tenants.accounts.demo_logins import ENDING
from tenants.accounts.models import ApiToken, DriverAccess, User
from tenants.context import CARRIERS, PLATFORM, inside
from tenants.drivers.models import Driver
from tenants.panel import access
from tenants.platform.models import Reseller


def remove(*, at: datetime) -> int:
    """End every login of the demo and suspend its resellers, whose listings leave the exchange.

    Their orders and papers stay in their own schemas, where nobody gets in. Returns how many logins
    were ended.
    """
    with inside(PLATFORM), transaction.atomic():
        people = User.objects.filter(email__endswith=ENDING)
        manager = people.filter(is_platform_manager=True).first()
        if manager is None:
            return 0
        for reseller in Reseller.objects.filter(slug__in=FIRMS):
            access.suspend(reseller=reseller, by=identify.platform_manager(manager), at=at)
        ApiToken.objects.filter(user__in=people).delete()
        _end_drivers(at)
        for user in people.filter(is_active=True):
            user.set_unusable_password()
            user.is_active = False
            user.save(update_fields=["password", "is_active"])
        return people.count()


def _end_drivers(at: datetime) -> None:
    resellers = Reseller.objects.filter(slug__in=FIRMS)
    schemas = list(resellers.values_list("schema_name", flat=True))
    with inside(CARRIERS):
        own = Driver.objects.filter(home_role__in=schemas)
        drivers = list(own.values_list("pk", flat=True))
    open_accesses = DriverAccess.objects.filter(blocked_at=None)
    open_accesses.filter(Q(driver_id__in=drivers) | Q(any_device=True)).update(blocked_at=at)
