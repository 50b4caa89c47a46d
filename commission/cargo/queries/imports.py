"""A preview's rows with what each would come to, computed when looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from commission.cargo.imports.confirm import COLUMNS, DAYS, GOOD
from commission.cargo.imports.edit_line import cells_of
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch, ImportRow
from commission.cargo.rates import pricing_sql
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.shown import mark


class StagedRow(NamedTuple):
    """A row of the statement: the staged line, and what it would come to."""

    line: int
    raw: list[str] | None
    received_on: date | None
    customer_code: str
    tracking_number: str
    goods_type: str
    transport: str
    weight_kg: Decimal | None
    volume_cbm: Decimal | None
    price: Decimal | None
    cost_mode: str
    manual_cost: Decimal | None
    errors: list[str] | None
    double: str | None
    is_allowed: bool
    is_new: bool
    cost: Decimal | None
    rule: str | None
    commission: Decimal | None
    method: str | None
    status: str | None
    odd_density: bool | None
    low_price: bool | None
    in_future: bool | None
    other_cost: bool | None


LIGHTS = {  # what is read well and still looks wrong; `today` is the shop's
    "odd_density": "(weight_kg > 0 OR volume_cbm > 0)"
    " AND (weight_kg < 30 * volume_cbm OR weight_kg > 3000 * volume_cbm)",
    "low_price": "price < 0.2 * cost",
    "in_future": "received_on > {today}",
    "other_cost": "cost_mode = 'AUTO' AND manual_cost IS DISTINCT FROM cost AND manual_cost IS NOT NULL",
}
SHOW_PRICED = {  # of the rows of a preview, once what they come to is known
    "loss": "status = 'loss' AND errors IS NULL",
    "lights": " OR ".join(f"({light})" for light in LIGHTS.values()),
}
NAMES = StagedRow._fields[:15]  # the columns of a staged line
SHOW = {
    "all": "true",
    "bad": "(i.errors IS NOT NULL OR (i.double IS NOT NULL AND NOT i.is_allowed))",
    "doubles": "i.double IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the grid. `cells` are texts in the order of FIELDS; `errors` field → message."""

    line: int
    cells: list[str]
    received_on: date | None
    cost: Decimal | None
    cost_rule: str | None
    commission: Decimal | None
    commission_method: str | None
    status: str | None
    errors: dict[str, str]
    lights: dict[str, str]
    is_double: bool
    is_allowed: bool
    is_new_customer: bool


@dataclass(frozen=True, slots=True)
class PreviewTotals:
    """What the good rows of a preview come to."""

    sales: Decimal
    cost: Decimal
    commission: Decimal
    loss: int
    awaiting: int
    lights: int
    new_customers: int


def batch_for(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Raises 404."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def rows(
    batch: ImportBatch,
    *,
    zone: str,
    after: int = 0,
    limit: int = 200,
    show: str = "all",
    line: int | None = None,
) -> list[PreviewLine]:
    """A piece of the preview in the order of its lines."""
    only = "AND i.line = %s" if line is not None else ""
    is_priced = show in SHOW_PRICED
    inner = f"i.line > %s AND {SHOW.get(show, 'true')} {only} ORDER BY i.line"
    today = _today(zone)
    statement = f"""{_costed(inner if is_priced else inner + " LIMIT %s")}
    SELECT {", ".join(NAMES)}, is_new, cost, {pricing_sql.rule(COLUMNS, "cost")},
       {pricing_sql.commission("price", "cost")},
      {pricing_sql.method("price", "cost")}, status, {", ".join(LIGHTS.values())}
    FROM priced WHERE {SHOW_PRICED.get(show, "true")} ORDER BY line LIMIT %s
    """.replace("{today}", today)  # noqa: S608
    lines = [line] if line is not None else []
    limits = [limit] if is_priced else [limit, limit]
    params: list[UUID | str | int] = [batch.pk, zone, batch.pk, after, *lines, *limits]
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [_line(StagedRow(*row)) for row in cursor.fetchall()]


def totals(batch: ImportBatch, *, zone: str) -> PreviewTotals:
    """Of the rows that would be saved, before they are."""
    lights = SHOW_PRICED["lights"]
    commission = pricing_sql.commission("price", "cost")
    statement = f"""{_costed(GOOD)}
    SELECT coalesce(sum(price), 0), coalesce(sum(cost), 0), coalesce(sum({commission}), 0),
      count(*) FILTER (WHERE status = 'loss'), count(*) FILTER (WHERE status = 'awaiting_rate'),
      count(*) FILTER (WHERE {lights}), count(DISTINCT upper(customer_code)) FILTER (WHERE is_new)
    FROM priced
    """.replace("{today}", _today(zone))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [batch.pk, zone, batch.pk])
        sums = cursor.fetchone()
    return PreviewTotals(*sums)


def mark_of(batch: ImportBatch, totals: PreviewTotals) -> str:
    """The mark of what a page shows before an import is saved."""
    return mark(batch.rows, batch.bad, totals)


def _today(zone: str) -> str:
    """The shop's day as SQL writes it."""
    return f"date '{clock.now().astimezone(ZoneInfo(zone)).date().isoformat()}'"


def _costed(condition: str) -> str:
    """Staged rows of a batch with their cost and state, as they would be saved."""
    return f"""
    WITH {DAYS}, given AS (
      SELECT {", ".join(f"i.{name}" for name in NAMES)},
        u.id IS NULL AND i.customer_code <> '' AS is_new, r.per_cbm, r.per_kg
      FROM cargo_importrow i
      LEFT JOIN cargo_customer u ON upper(u.code) = upper(i.customer_code)
      LEFT JOIN days d ON d.received_on = i.received_on
      LEFT JOIN cargo_rate r ON r.card_id = d.card_id AND r.version = d.version AND r.goods_type_id = i.goods_type
                            AND r.transport = i.transport
      WHERE i.batch_id = %s AND {condition}
    ), costed AS (SELECT *, {pricing_sql.cost(COLUMNS)} AS cost FROM given),
    priced AS (SELECT *, {pricing_sql.status("price", "cost")} AS status FROM costed)"""  # noqa: S608


def _line(row: StagedRow) -> PreviewLine:
    staged = ImportRow(**{name: getattr(row, name) for name in NAMES})
    errors = {
        field: message(code) for field, code in (error.split(":", 1) for error in row.errors or [])
    }
    if row.double and not row.is_allowed:
        errors.setdefault("tracking_number", message(f"double_{row.double}"))
    is_priced = not row.errors
    return PreviewLine(
        line=row.line,
        cells=cells_of(staged),
        received_on=row.received_on,
        cost=row.cost if is_priced else None,
        cost_rule=row.rule if is_priced else None,
        commission=row.commission if is_priced else None,
        commission_method=row.method if is_priced else None,
        status=row.status if is_priced else None,
        errors=errors,
        lights=_lights(row) if is_priced else {},
        is_double=bool(row.double),
        is_allowed=row.is_allowed,
        is_new_customer=row.is_new and is_priced,
    )


def _lights(row: StagedRow) -> dict[str, str]:
    """Field → what looks wrong in it, in words."""
    lights = {}
    if row.odd_density:
        lights["volume_cbm"] = _("Weight and volume do not fit each other.")
    if row.low_price:
        lights["price"] = _("Far below the cost.")
    if row.in_future:
        lights["received_on"] = _("A day in the future.")
    if row.other_cost:
        lights["cost"] = _("In mode AUTO the cost is computed; this one is left out.")
    return lights
