"""What a month came to, by salesperson and customer: one aggregate in the database, added up here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from commission.cargo.models import Customer, Salesperson
from commission.cargo.queries.scope import scope_sql
from tenants.accounts.actor import Actor

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
        return cls(int(kept["count"]), Decimal(kept["sales"]), Decimal(kept["cost"]), Decimal(kept["commission"]),
                   int(kept["awaiting"]), int(kept["loss"]))  # fmt: skip

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.count + other.count, self.sales + other.sales, self.cost + other.cost,
                      self.commission + other.commission, self.awaiting + other.awaiting, self.loss + other.loss)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One salesperson or customer of the month; an empty code is "no salesperson yet"."""

    id: UUID | None
    code: str
    name: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Summary:
    month: date
    salespeople: list[Line]
    customers: list[Line]
    totals: Totals


STATEMENT = """
SELECT salesperson_id, customer_id, sum(n), sum(price), coalesce(sum(cost), 0), coalesce(sum(commission), 0),
       count(*) FILTER (WHERE status = 'awaiting_rate'), count(*) FILTER (WHERE status = 'loss')
FROM (
  SELECT salesperson_id, customer_id, price, cost, commission, status, 1 AS n FROM cargo_shipment
  WHERE received_on >= %s AND received_on < %s AND {scope}
  UNION ALL
  SELECT a.salesperson_id, s.customer_id, a.price, a.cost, a.commission, '', 0
  FROM cargo_adjustment a JOIN cargo_shipment s ON s.id = a.shipment_id WHERE a.month = %s AND {scope_a}
) counted GROUP BY 1, 2
"""


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def cells(actor: Actor, month: date) -> dict[tuple[UUID | None, UUID], Totals]:
    """(salesperson, customer) → what they came to."""
    scope, own = scope_sql(actor)
    scope_a, _own = scope_sql(actor, "a.salesperson_id")
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(scope=scope, scope_a=scope_a), [month, next_month(month), *own, month, *own])
        return {(row[0], row[1]): Totals(*row[2:]) for row in cursor.fetchall()}


def totals(actor: Actor, month: date) -> Totals:
    return _sum(cells(actor, month).values())


def summary(actor: Actor, month: date) -> Summary:
    """Both tables of the month; the dearest first, "no salesperson yet" last."""
    found = cells(actor, month)
    by_person = _rolled(found, lambda key: key[0])
    by_customer = _rolled(found, lambda key: key[1])
    people = {row.pk: row for row in Salesperson.objects.filter(pk__in=[key for key in by_person if key])}
    customers = {row.pk: row for row in Customer.objects.filter(pk__in=[key for key in by_customer if key])}
    return Summary(month, _lines(by_person, people), _lines(by_customer, customers), _sum(found.values()))


def statement(actor: Actor, month: date, salesperson: UUID | None) -> list[Line]:
    """One salesperson's customers of the month."""
    mine = {key: value for key, value in cells(actor, month).items() if key[0] == salesperson}
    customers = {row.pk: row for row in Customer.objects.filter(pk__in=[key[1] for key in mine])}
    return _lines(_rolled(mine, lambda key: key[1]), customers)


def _rolled(
    found: dict[tuple[UUID | None, UUID], Totals], of: Callable[[tuple[UUID | None, UUID]], UUID | None]
) -> dict[UUID | None, Totals]:
    rolled: dict[UUID | None, Totals] = {}
    for key, value in found.items():
        rolled[of(key)] = rolled.get(of(key), Totals()) + value
    return rolled


def _lines(rolled: dict[UUID | None, Totals], known: dict[UUID, Salesperson] | dict[UUID, Customer]) -> list[Line]:
    lines = [
        Line(key, known[key].code, known[key].name, value) if key else Line(None, "", "", value) for key, value in rolled.items()
    ]
    return sorted(lines, key=lambda line: (line.id is None, -line.totals.sales, line.code))


def _sum(found: Iterable[Totals]) -> Totals:
    total = Totals()
    for value in found:
        total += value
    return replace(total)
