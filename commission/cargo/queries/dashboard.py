"""The control room (C-9): this month, six months, what to check, and the first steps (C-12)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from commission.cargo.access import is_salesperson
from commission.cargo.models import (
    Customer,
    MonthLock,
    RateCard,
    Salesperson,
    Shipment,
)
from commission.cargo.queries import report
from commission.cargo.queries.report import Totals
from commission.cargo.queries.scope import in_open_months, shipments_for
from tenants.actor import Actor
from tenants.kit.calendar import next_month

EXACT = 100_000  # beyond this the number of all shipments is the planner's estimate
CHECK_CAP = 999
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class ToCheck:
    """How many wait for somebody; counted up to CHECK_CAP."""

    awaiting: int
    loss: int
    unstamped: int

    @property
    def any(self) -> bool:
        return bool(self.awaiting or self.loss or self.unstamped)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    has_card: bool
    has_salesperson: bool
    has_customers: bool
    has_shipment: bool

    @property
    def done(self) -> bool:
        return self.has_card and self.has_salesperson and self.has_customers and self.has_shipment


def six_months(actor: Actor, month: date) -> list[tuple[date, Totals]]:
    """The running month and the five before it, the oldest first; closed ones from the totals kept
    with their lock.
    """
    months = [month]
    while len(months) < 6:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    kept = (
        {}
        if is_salesperson(actor)
        else dict(MonthLock.objects.filter(month__in=months).values_list("month", "totals"))
    )
    counted = report.totals_of(actor, [one for one in months if one not in kept])
    return [(one, Totals.of(kept[one]) if one in kept else counted[one]) for one in months]


def count_all(actor: Actor) -> Count:
    rows = shipments_for(actor).order_by()
    if is_salesperson(actor):
        return Count(rows.count(), True)  # the planner's estimate is of the whole shop
    counted = rows.values("pk")[: EXACT + 1].count()
    if counted <= EXACT:
        return Count(counted, True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = 'cargo_shipment'::regclass"
        )
        return Count(max(int(cursor.fetchone()[0]), EXACT), False)


def to_check(actor: Actor, month: date) -> ToCheck:
    """Awaiting and losses of all open months up to this one, unstamped whenever they came."""
    rows = shipments_for(actor)
    open_rows = in_open_months(rows.filter(received_on__lt=next_month(month)))
    return ToCheck(
        _capped(open_rows.filter(status="awaiting_rate")),
        _capped(open_rows.filter(status="loss")),
        _capped(rows.filter(salesperson=None)),
    )


def worst(actor: Actor, month: date) -> list[Shipment]:
    """The newest few of those to check: awaiting and losses come before those without a
    salesperson.
    """
    shown: dict[object, Shipment] = {}
    rows = (
        shipments_for(actor)
        .select_related("customer", "salesperson", "card")
        .order_by("-received_on", "-id")
    )
    for part in (
        in_open_months(
            rows.filter(status__in=["awaiting_rate", "loss"], received_on__lt=next_month(month))
        ),
        rows.filter(salesperson=None),
    ):
        shown |= {row.pk: row for row in part[:SHOWN] if row.pk not in shown}
    return list(itertools.islice(shown.values(), SHOWN))


def first_steps() -> FirstSteps:
    return FirstSteps(
        RateCard.objects.filter(is_active=True).exists(),
        Salesperson.objects.exists(),
        Customer.objects.filter(salesperson__isnull=False).exists(),
        Shipment.objects.exists(),
    )


def _capped(rows: QuerySet[Shipment]) -> int:
    return rows.order_by().values("pk")[: CHECK_CAP + 1].count()
