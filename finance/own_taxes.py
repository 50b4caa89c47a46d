"""Which optional taxes of its country the reseller charges; the others follow from being a payer of
value-added tax.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from companies.queries import own_details
from finance.models import OwnTax
from finance.taxes import ROWS, Row
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.office import audit
from tenants.office.current import current_reseller


def chosen(on: date) -> frozenset[str]:
    """Kinds charged on a day."""
    rows = OwnTax.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return frozenset(rows.values_list("kind", flat=True))


def country(by: Actor | None = None) -> str:
    """Whose taxes: the country of the reseller's own firm."""
    return own_details().country or current_reseller(by).country


def rows(*, country: str, on: date) -> list[Row]:
    """The country's rows of a day."""
    return [row for row in ROWS if row.country == country and row.holds(on)]


@transaction.atomic
def choose(*, kinds: Collection[str], by: Actor, at: datetime) -> None:
    """Charge these optional taxes from today on, and no others. Issued invoices stay as they are."""
    today = day_of(at, current_reseller(by).zone)
    offered = {row.kind for row in rows(country=country(by), on=today) if row.optional}
    before = chosen(today)
    after = frozenset(kinds) & offered
    OwnTax.objects.filter(kind__in=before - after, until=None).update(until=today)
    OwnTax.objects.bulk_create(
        OwnTax(kind=kind, since=today, chosen_at=at, chosen_by=by.member_id)
        for kind in sorted(after - before)
    )
    if before != after:
        audit.record(
            action="own.taxes",
            subject="own:taxes",
            by=by,
            at=at,
            before={"kinds": sorted(before)},
            after={"kinds": sorted(after)},
        )
