"""Pricing whole sets of shipments that are stored already: after an activation, or when a period is
recalculated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from commission.cargo.rates import cards, pricing_sql

CHANGED = (
    "(p.old_cost, p.old_commission, p.old_card, p.old_version)"
    " IS DISTINCT FROM (p.cost, p.commission, p.card_id, p.version)"
)
COLUMNS = pricing_sql.Columns(
    "weight_kg",
    "volume_cbm",
    "price",
    "'AUTO'",
    "NULL::numeric",
    "per_cbm",
    "per_kg",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which AUTO shipments, and by which card: a join giving c.card_id and c.version, and a
    condition on `s`.
    """

    join: str
    where: str
    params: tuple[UUID | date | int | str, ...]


@dataclass(frozen=True, slots=True)
class MonthChange:
    """What one month's shipments come to before and after; sums in the reseller's currency."""

    month: date
    count: int
    sales: Decimal
    cost_before: Decimal
    cost_after: Decimal
    commission_before: Decimal
    commission_after: Decimal
    still_awaiting: int


def awaiting(
    card_id: UUID,
    version: int,
    *,
    since: date | None = None,
) -> Chosen:
    """AUTO shipments without a cost, priced with this version; of months not before `since`."""
    join = "CROSS JOIN (SELECT %s::uuid AS card_id, %s::int AS version) c"
    where = "s.status = 'awaiting_rate' AND s.cost IS NULL" + (
        " AND s.received_on >= %s" if since else ""
    )
    return Chosen(join, where, (card_id, version, *([since] if since else [])))


def period(first: date, last: date, zone: str) -> Chosen:
    """AUTO shipments received from `first` to `last`, each with the card of its day."""
    day_end = "((s.received_on + 1)::timestamp AT TIME ZONE %s)"
    join = cards.BY_DAY.replace("day_end", "d.ends")
    join = f"CROSS JOIN LATERAL (SELECT {day_end} AS ends) d {join}"
    return Chosen(join, "s.received_on BETWEEN %s AND %s", (zone, first, last))


def preview(chosen: Chosen) -> list[MonthChange]:
    """Month by month, only shipments whose money would change; locked months are never among them."""
    statement = f"""{_new_values(chosen)}
    SELECT date_trunc('month', received_on)::date, count(*), sum(price),
           coalesce(sum(old_cost), 0), coalesce(sum(cost), 0),
           coalesce(sum(old_commission), 0), coalesce(sum(commission), 0),
           count(*) FILTER (WHERE status = 'awaiting_rate')
    FROM priced p WHERE {CHANGED} GROUP BY 1 ORDER BY 1"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, chosen.params)
        return [MonthChange(*row) for row in cursor.fetchall()]


def apply(chosen: Chosen) -> int:
    """Keep the new values. Returns how many shipments changed. The caller holds the months open."""
    statement = f"""{_new_values(chosen)}
    UPDATE cargo_shipment AS kept SET cost = p.cost, cost_rule = p.rule, commission = p.commission,
           commission_method = p.method, status = p.status, card_id = p.card_id, card_version = p.version,
           rate_cbm = p.per_cbm, rate_kg = p.per_kg
    FROM priced p WHERE kept.id = p.id AND {CHANGED}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, chosen.params)
        return int(cursor.rowcount)


def _new_values(chosen: Chosen) -> str:
    return f"""
    WITH picked AS (
      SELECT s.id, s.received_on, s.weight_kg, s.volume_cbm, s.price,
             s.cost AS old_cost, s.commission AS old_commission,
             s.card_id AS old_card, s.card_version AS old_version, c.card_id, c.version, r.per_cbm, r.per_kg
      FROM cargo_shipment s {chosen.join}
      LEFT JOIN cargo_rate r ON r.card_id = c.card_id AND r.version = c.version AND r.goods_type_id = s.goods_type_id
                            AND r.transport = s.transport
      WHERE s.cost_mode = 'AUTO' AND {chosen.where}
        AND NOT EXISTS (SELECT FROM cargo_monthlock l WHERE l.month = date_trunc('month', s.received_on)::date)
    ), costed AS (SELECT *, {pricing_sql.cost(COLUMNS)} AS cost FROM picked),
    priced AS (
      SELECT *,
             {pricing_sql.rule(COLUMNS, "cost")} AS rule,
             {pricing_sql.commission("price", "cost")} AS commission,
             {pricing_sql.method("price", "cost")} AS method,
             {pricing_sql.status("price", "cost")} AS status
      FROM costed
    )"""  # noqa: S608
