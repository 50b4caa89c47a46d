"""What a month came to, by salesperson and customer: added up in the database, one statement for a
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from commission.cargo.models import Adjustment
from commission.cargo.queries.scope import only_salesperson, scope_sql
from tenants.actor import Actor
from tenants.kit.calendar import next_month

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in the reseller's currency; adjustments of the month are in them but are no shipments."""

    count: int = 0
    sales: Decimal = ZERO
    cost: Decimal = ZERO
    commission: Decimal = ZERO
    awaiting: int = 0
    loss: int = 0

    @classmethod
    def of(cls, kept: dict[str, str]) -> Totals:
        """From the JSON of a month's lock."""
        return cls(
            int(kept["count"]),
            Decimal(kept["sales"]),
            Decimal(kept["cost"]),
            Decimal(kept["commission"]),
            int(kept["awaiting"]),
            int(kept["loss"]),
        )

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.count + other.count,
            self.sales + other.sales,
            self.cost + other.cost,
            self.commission + other.commission,
            self.awaiting + other.awaiting,
            self.loss + other.loss,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One salesperson or customer of the month; an empty code is "no salesperson yet"."""

    id: UUID | None
    code: str
    name: str
    totals: Totals


class LineRow(NamedTuple):
    """A row of the statement; `kind` is p for a salesperson, c for a customer."""

    kind: str
    id: UUID | None
    code: str | None
    name: str | None
    shipments: int
    sales: Decimal
    cost: Decimal
    commission: Decimal
    awaiting: int
    loss: int

    @property
    def totals(self) -> Totals:
        return Totals(*self[4:])


@dataclass(frozen=True, slots=True)
class Summary:
    month: date
    salespeople: list[Line]
    customers: list[Line]
    totals: Totals
    adjustments: list[Adjustment]  # corrections of closed months that count in this one

    @property
    def adjusted(self) -> Totals:
        """What the adjustments alone come to; it is in `totals`."""
        return Totals(
            sales=sum((one.price for one in self.adjustments), ZERO),
            cost=sum((one.cost for one in self.adjustments), ZERO),
            commission=sum((one.commission for one in self.adjustments), ZERO),
        )

    @property
    def of_shipments(self) -> Totals:
        """What the list of the month's shipments comes to."""
        adjusted = self.adjusted
        return replace(
            self.totals,
            sales=self.totals.sales - adjusted.sales,
            cost=self.totals.cost - adjusted.cost,
            commission=self.totals.commission - adjusted.commission,
        )


# Shipments are grouped before corrections join them: read through one Append they would cost a
# quarter more.
CELLS = """
cells AS MATERIALIZED (
  SELECT salesperson_id, customer_id,
         count(*) AS n, sum(price) AS sales, sum(cost) AS cost, sum(commission) AS commission,
         count(*) FILTER (WHERE status = 'awaiting_rate') AS awaiting, count(*) FILTER (WHERE status = 'loss') AS loss
  FROM cargo_shipment WHERE received_on >= %s AND received_on < %s AND {scope} GROUP BY 1, 2
  UNION ALL
  SELECT a.salesperson_id, s.customer_id, 0, sum(a.price), sum(a.cost), sum(a.commission), 0, 0
  FROM cargo_adjustment a JOIN cargo_shipment s ON s.id = a.shipment_id WHERE a.month = %s AND {scope_a} GROUP BY 1, 2
)"""
ADDED = (
    "sum(n)::bigint, coalesce(sum(sales), 0.00), coalesce(sum(cost), 0.00), coalesce(sum(commission), 0.00),"
    " coalesce(sum(awaiting), 0)::bigint, coalesce(sum(loss), 0)::bigint"
)
SALESPEOPLE = f"""
SELECT 'p', w.id, w.code, w.name, {ADDED}
FROM cells LEFT JOIN cargo_salesperson w ON w.id = salesperson_id GROUP BY w.id
"""  # noqa: S608
CUSTOMERS = f"""
SELECT 'c', w.id, w.code, w.name, {ADDED}
FROM cells JOIN cargo_customer w ON w.id = customer_id {{only}} GROUP BY w.id
"""  # noqa: S608
MONTH = f"""
SELECT %s::date, {ADDED} FROM (
  SELECT count(*) AS n, sum(price) AS sales, sum(cost) AS cost, sum(commission) AS commission,
         count(*) FILTER (WHERE status = 'awaiting_rate') AS awaiting, count(*) FILTER (WHERE status = 'loss') AS loss
  FROM cargo_shipment WHERE received_on >= %s AND received_on < %s AND {{scope}}
  UNION ALL
  SELECT 0, sum(price), sum(cost), sum(commission), 0, 0 FROM cargo_adjustment WHERE month = %s AND {{scope}}
) counted
"""  # noqa: S608


def totals(actor: Actor, month: date) -> Totals:
    return totals_of(actor, [month])[month]


def totals_of(actor: Actor, months: Sequence[date]) -> dict[date, Totals]:
    """Several months at once; without salespeople and customers a month costs half of its report."""
    if not months:
        return {}
    scope, own = scope_sql(actor)
    params: list[date | UUID] = [
        value
        for month in months
        for value in (
            month,
            month,
            next_month(month),
            *own,
            month,
            *own,
        )
    ]
    statement = " UNION ALL ".join([MONTH.format(scope=scope)] * len(months))
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return {row[0]: Totals(*row[1:]) for row in cursor.fetchall()}


def summary(actor: Actor, month: date) -> Summary:
    """Both tables of the month; the dearest first, "no salesperson yet" last."""
    rows = _month_lines(
        actor,
        month,
        f"{SALESPEOPLE} UNION ALL {CUSTOMERS.format(only='')}",
    )
    salespeople = _lines(row for row in rows if row.kind == "p")
    customers = _lines(row for row in rows if row.kind == "c")
    total = sum((line.totals for line in salespeople), Totals())
    return Summary(month, salespeople, customers, total, adjustments_of(actor, month))


def adjustments_of(actor: Actor, month: date) -> list[Adjustment]:
    """Those that count in the month, of shipments that this person may see."""
    own = only_salesperson(actor)
    rows = Adjustment.objects.filter(month=month)
    if own is not None:
        rows = rows.filter(salesperson_id=own) if own else rows.none()
    linked = rows.select_related("shipment__customer", "salesperson")
    return list(linked.order_by("made_at"))


def statement(actor: Actor, month: date, salesperson: UUID) -> list[Line]:
    """One salesperson's customers of the month."""
    return _lines(
        _month_lines(
            actor,
            month,
            CUSTOMERS.format(only="WHERE cells.salesperson_id = %s"),
            salesperson,
        )
    )


def _month_lines(
    actor: Actor,
    month: date,
    question: str,
    salesperson: UUID | None = None,
) -> list[LineRow]:
    scope, own = scope_sql(actor)
    scope_a, _own = scope_sql(actor, "a.salesperson_id")
    cells = CELLS.format(scope=scope, scope_a=scope_a)
    params: list[date | UUID] = [
        month,
        next_month(month),
        *own,
        month,
        *own,
    ]
    if salesperson:
        params.append(salesperson)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {cells} {question}", params)
        return [LineRow(*row) for row in cursor.fetchall()]


def _lines(rows: Iterable[LineRow]) -> list[Line]:
    lines = [Line(row.id, row.code or "", row.name or "", row.totals) for row in rows]
    return sorted(
        lines,
        key=lambda line: (
            line.id is None,
            -line.totals.sales,
            line.code,
        ),
    )
