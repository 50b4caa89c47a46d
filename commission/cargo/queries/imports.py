"""A preview's rows with what each would come to, computed when looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.http import Http404

from commission.cargo.imports.confirm import COLUMNS, DAYS
from commission.cargo.imports.edit_line import cells_of
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch, ImportRow
from commission.cargo.rates import pricing_sql
from tenants.actor import Actor


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
    is_double: bool
    is_allowed: bool
    is_new_customer: bool


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
    statement = f"""
    WITH {DAYS}, given AS (
      SELECT {", ".join(f"i.{name}" for name in NAMES)},
        u.id IS NULL AND i.customer_code <> '' AS is_new, r.per_cbm, r.per_kg
      FROM cargo_importrow i
      LEFT JOIN cargo_customer u ON upper(u.code) = upper(i.customer_code)
      LEFT JOIN days d ON d.received_on = i.received_on
      LEFT JOIN cargo_rate r ON r.card_id = d.card_id AND r.version = d.version AND r.goods_type_id = i.goods_type
                            AND r.transport = i.transport
      WHERE i.batch_id = %s AND i.line > %s AND {SHOW[show]} {only} ORDER BY i.line LIMIT %s
    ), costed AS (SELECT *, {pricing_sql.cost(COLUMNS)} AS cost FROM given)
    SELECT {", ".join(NAMES)}, is_new, cost,
      {pricing_sql.rule(COLUMNS, "cost")}, {pricing_sql.commission("price", "cost")},
      {pricing_sql.method("price", "cost")}, {pricing_sql.status("price", "cost")}
    FROM costed ORDER BY line
    """  # noqa: S608
    params: list[UUID | str | int] = [
        batch.pk,
        zone,
        batch.pk,
        after,
        *([line] if line is not None else []),
        limit,
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [_line(StagedRow(*row)) for row in cursor.fetchall()]


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
        is_double=bool(row.double),
        is_allowed=row.is_allowed,
        is_new_customer=row.is_new and is_priced,
    )
