"""The months that a page of shipments offers, by name in the page's language."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Max, Min

from commission.cargo.queries.scope import shipments_for
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.calendar import NotAMonth, month_from
from tenants.kit.forms import Choice
from tenants.kit.months import month_choices


def shipment_months(actor: Actor, chosen: str) -> list[Choice]:
    """From the month of the first shipment to that of the last or the running one."""
    assert actor.reseller is not None
    today = actor.reseller.day(clock.now())
    ends = (
        shipments_for(actor).order_by().aggregate(first=Min("received_on"), last=Max("received_on"))
    )
    shown = None
    with suppress(NotAMonth):
        shown = month_from(chosen)
    return month_choices(
        min(ends["first"] or today, today), max(ends["last"] or today, today), chosen=shown
    )
