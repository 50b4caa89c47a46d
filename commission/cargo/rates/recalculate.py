"""Recalculating a period: an explicit act, shown before it is done, and audited."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from commission.cargo import locks
from commission.cargo.rates import repricing
from commission.cargo.rates.rate_cards import sums
from commission.cargo.rates.repricing import MonthChange
from tenants.actor import Actor
from tenants.kit import shown as shown_figures
from tenants.office import audit


def preview(*, first: date, last: date, by: Actor) -> list[MonthChange]:
    """Month by month, what AUTO shipments of open months would come to with the card of their day."""
    return repricing.preview(repricing.period(first, last, _zone(by)))


def mark_of(first: date, last: date, changes: list[MonthChange]) -> str:
    """The mark of a period and of what a page says would change in it."""
    return shown_figures.mark(first, last, changes)


def recalculate(
    *, first: date, last: date, reason: str, by: Actor, at: datetime, shown: str = ""
) -> int:
    """Price the period anew. Returns how many shipments changed. `shown` is the mark of what the
    person saw. Raises ChangedMeanwhile.
    """
    chosen = repricing.period(first, last, _zone(by))
    with transaction.atomic():
        locks.open_months()
        changes = repricing.preview(chosen)
        shown_figures.check(shown, first, last, changes)
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
