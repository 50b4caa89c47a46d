"""Recalculating a period: an explicit act, shown before it is done, and audited."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from commission.cargo import locks
from commission.cargo.rates import repricing
from commission.cargo.rates.rate_cards import sums
from commission.cargo.rates.repricing import MonthChange
from tenants.actor import Actor
from tenants.office import audit


def preview(*, first: date, last: date, by: Actor) -> list[MonthChange]:
    """Month by month, what AUTO shipments of open months would come to with the card of their day."""
    return repricing.preview(repricing.period(first, last, _zone(by)))


def recalculate(*, first: date, last: date, reason: str, by: Actor, at: datetime) -> int:
    """Price the period anew. Returns how many shipments changed."""
    chosen = repricing.period(first, last, _zone(by))
    with transaction.atomic():
        locks.open_months()
        changes = repricing.preview(chosen)
        changed = repricing.apply(chosen)
        audit.record(
            action="cargo.recalculate",
            subject=f"cargo_period:{first}..{last}",
            title=f"{first} – {last}",
            by=by,
            at=at,
            after={"changed": changed, "months": sums(changes)},
            reason=reason,
        )
    return changed


def _zone(by: Actor) -> str:
    return by.reseller.time_zone if by.reseller else "UTC"
