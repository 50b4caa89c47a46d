"""The currency of the books: it may change as long as no sum is counted in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companies import own, trail
from companies.models import Company
from tenants.actor import Actor
from tenants.kit.money import CURRENCIES
from tenants.platform.support import set_currency

Hold = Callable[[], str]


class CannotChangeCurrency(Exception):
    """Sums stand in the books already, or the currency is not one of ours; the text says which."""


def _credit_limits() -> str:
    limited = Company.objects.filter(credit_limit__isnull=False)
    return _("Credit limits of clients") if limited.exists() else ""


_holds: list[Hold] = [_credit_limits]


def add_hold(tell: Hold) -> None:
    """Apps above say which of their sums are counted in the currency: one line, empty for none."""
    if tell not in _holds:
        _holds.append(tell)


def holds() -> list[str]:
    """What keeps the currency as it is."""
    lines = (tell() for tell in _holds)
    return [line for line in lines if line]


def choose_currency(
    *,
    currency: str,
    was: str,
    by: Actor,
    at: datetime,
) -> None:
    """All sums are counted in it from now on. Raises CannotChangeCurrency."""
    if currency == was:
        return
    if currency not in CURRENCIES:
        raise CannotChangeCurrency(_("There is no such currency here."))
    with transaction.atomic():
        firm = own.locked()
        if lines := holds():
            raise CannotChangeCurrency("; ".join(lines))
        set_currency(currency)
        trail.write(
            "own.currency",
            firm,
            by,
            at,
            before={"currency": was},
            after={"currency": currency},
        )
