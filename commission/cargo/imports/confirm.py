"""Confirming an import, once and as a whole; and taking it back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from commission.cargo import links, locks
from commission.cargo.imports import staging, undoing
from commission.cargo.models import (
    ImportBatch,
    ImportRow,
    ImportState,
)
from commission.cargo.rates import cards, pricing_sql
from tenants.actor import Actor
from tenants.kit.later import Report
from tenants.office import audit

COLUMNS = pricing_sql.Columns(
    "weight_kg",
    "volume_cbm",
    "price",
    "cost_mode",
    "manual_cost",
    "per_cbm",
    "per_kg",
)
GOOD = "i.errors IS NULL AND (i.double IS NULL OR i.is_allowed)"


class RowsAreBad(Exception):
    """Some rows cannot be saved, and leaving them out was not asked for."""


class NotReady(Exception):
    """The import is not a preview any more, or not yet."""


class NotAllowed(Exception):
    """Some of its parcels may not be deleted by this person: others entered them, or earlier."""


class IsBeingUndone(Exception):
    """The worker is taking it back already."""


class CannotUndo(Exception):
    """A month of it is closed, or it was never saved."""


def confirm(
    *,
    batch: ImportBatch,
    skip_bad: bool = False,
    allow_doubles: Collection[int] = (),
    check: Callable[[ImportBatch], None] | None = None,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Save all rows, or nothing. Pressed again it changes nothing and tells the same.

    Unknown customers are made, prices are those of each row's day. `allow_doubles` are lines ticked
    "save again"; `check` looks at the batch that is about to be saved and may refuse it. Raises
    RowsAreBad, NotReady, MonthIsLocked.
    """
    _look_again(batch)
    with transaction.atomic():
        locked = claim(batch)
        if locked.state == ImportState.CONFIRMED:
            return locked
        if locked.state != ImportState.PREVIEW:
            raise NotReady
        locks.one_import()
        if check:
            check(locked)
        allow(locked, allow_doubles)
        staging.look_in_database(locked.pk)
        locked.rows, locked.bad = staging.counts(locked.pk)
        if (locked.bad and not skip_bad) or locked.bad == locked.rows:
            raise RowsAreBad
        locks.open_months(_months(locked))
        return _save(locked, by, at)


@transaction.atomic
def _look_again(batch: ImportBatch) -> None:
    """Mark what others saved meanwhile. The marks stay when the import is refused, so that the page
    shows which rows are bad.
    """
    locked = claim(batch)
    if locked.state != ImportState.PREVIEW:
        return
    staging.look_in_database(locked.pk)
    locked.rows, locked.bad = staging.counts(locked.pk)
    locked.save(update_fields=["rows", "bad"])


def claim(batch: ImportBatch) -> ImportBatch:
    """The guard against saving twice: of several who confirm at once the others wait here and find
    it done.
    """
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def allow(batch: ImportBatch, lines: Collection[int], *, only: bool = False) -> None:
    """Tick "save again" on these lines; with `only`, take the tick from all others."""
    if only:
        ImportRow.objects.filter(batch=batch, is_allowed=True).exclude(line__in=lines).update(
            is_allowed=False
        )
    if lines:
        ImportRow.objects.filter(batch=batch, line__in=lines).update(is_allowed=True)


def undoable(*, batch: ImportBatch, by: Actor, at: datetime) -> ImportBatch:
    """The import, locked, when this person may take it back. Raises CannotUndo, NotAllowed."""
    locks.open_months()
    locked = claim(batch)
    if locked.state != ImportState.CONFIRMED or locked_months(locked):
        raise CannotUndo
    if not undoing.may_undo(batch=locked, by=by, at=at):
        raise NotAllowed
    return locked


def undo(
    *,
    batch: ImportBatch,
    by: Actor,
    at: datetime,
    report: Report | None = None,
) -> int:
    """Take a whole import back; the audit log keeps each row. Returns how many shipments went. With
    `report` it is the worker who does what was asked before.

    Raises CannotUndo, NotAllowed, IsBeingUndone.
    """
    with transaction.atomic():
        locked = undoable(batch=batch, by=by, at=at)
        if locked.undo_asked_at and report is None:
            raise IsBeingUndone
        gone = undoing.take_back(
            batch=locked,
            by=by,
            at=at,
            report=report or (lambda _count: None),
        )
        locked.state = ImportState.UNDONE
        locked.undone_at = at
        locked.undo_asked_at = None
        locked.save(update_fields=["state", "undone_at", "undo_asked_at"])
        audit.record(
            action="cargo.import_undo",
            subject=locked.subject,
            title=locked.source,
            by=by,
            at=at,
            before={"shipments": gone},
        )
    return gone


def locked_months(batch: ImportBatch) -> list[date]:
    """Closed months in which shipments of this import stand now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.month FROM cargo_monthlock l WHERE EXISTS (SELECT FROM cargo_shipment s WHERE s.batch_id = %s AND"
            " s.received_on >= l.month AND s.received_on < l.month + interval '1 month')",
            [batch.pk],
        )
        return [row[0] for row in cursor.fetchall()]


def _save(batch: ImportBatch, by: Actor, at: datetime) -> ImportBatch:
    new_customers = _run(NEW_CUSTOMERS, [at, batch.pk])
    zone = by.reseller.time_zone if by.reseller else "UTC"
    saved = _run(INSERT, [batch.pk, zone, batch.pk, at, by.member_id, batch.pk])
    if batch.bad:
        _run(MARK_SOME, [batch.pk])
    batch.state = ImportState.CONFIRMED
    batch.saved = saved
    batch.confirmed_at = at
    batch.save(update_fields=["state", "saved", "rows", "bad", "confirmed_at"])
    audit.record(
        action="cargo.import_confirm",
        subject=batch.subject,
        title=batch.source,
        by=by,
        at=at,
        after={
            "rows": batch.rows,
            "saved": saved,
            "left_out": batch.rows - saved,
            "new_customers": new_customers,
            "row_list": links.import_batch(batch.pk),
        },
    )
    return batch


def _months(batch: ImportBatch) -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT received_on FROM cargo_importrow i WHERE i.batch_id = %s AND {GOOD}",  # noqa: S608
            [batch.pk],
        )
        return [row[0] for row in cursor.fetchall()]


def _run(statement: str, params: Sequence[UUID | datetime | str | None]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


NEW_CUSTOMERS = f"""
INSERT INTO cargo_customer (id, code, name, phone, line, created_at)
SELECT gen_random_uuid(), first.code, '', '', '', %s FROM (
  SELECT DISTINCT ON (upper(i.customer_code)) i.customer_code AS code FROM cargo_importrow i
  WHERE i.batch_id = %s AND {GOOD} ORDER BY upper(i.customer_code), i.line
) first WHERE NOT EXISTS (SELECT FROM cargo_customer c WHERE upper(c.code) = upper(first.code))
ON CONFLICT DO NOTHING
"""  # noqa: S608
# Rows that were left out are told apart from saved ones only where there are any: a clean import
# writes nothing here.
MARK_SOME = f"UPDATE cargo_importrow i SET is_saved = true WHERE i.batch_id = %s AND {GOOD}"  # noqa: S608

# The planner knows nothing of rows that were just copied and takes them for a handful. A series
# from a line to itself is one
# row, which it takes for a thousand: so it hashes the small tables instead of searching them for
# every row.
MANY = f"""(
  SELECT i.*, generate_series(i.line, i.line) AS one
  FROM cargo_importrow i WHERE i.batch_id = %s AND {GOOD} OFFSET 0
) i"""  # noqa: S608

DAYS = f"""
days AS MATERIALIZED (
  SELECT s.received_on, c.card_id, c.version FROM (
    SELECT DISTINCT i.received_on FROM cargo_importrow i WHERE i.batch_id = %s AND i.received_on IS NOT NULL
  ) s CROSS JOIN LATERAL (SELECT ((s.received_on + 1)::timestamp AT TIME ZONE %s) AS ends) d
  {cards.BY_DAY.replace("day_end", "d.ends")}
)"""  # noqa: S608
INSERT = f"""
WITH {DAYS}, given AS (
  SELECT i.*, u.id AS customer_id, u.salesperson_id, d.card_id, d.version, r.per_cbm, r.per_kg
  FROM {MANY}
  JOIN cargo_customer u ON upper(u.code) = upper(i.customer_code)
  LEFT JOIN days d ON d.received_on = i.received_on AND i.cost_mode = 'AUTO'
  LEFT JOIN cargo_rate r ON r.card_id = d.card_id AND r.version = d.version AND r.goods_type_id = i.goods_type
                        AND r.transport = i.transport
)
INSERT INTO cargo_shipment (
  id, received_on, customer_id, tracking_number, goods_type_id, transport, weight_kg, volume_cbm, price,
  cost_mode, card_id, card_version, rate_cbm, rate_kg, cost,
  cost_rule, commission, commission_method, status,
  salesperson_id, note, entered_at, entered_by, batch_id)
SELECT
  gen_random_uuid(), received_on, customer_id, tracking_number, goods_type, transport, weight_kg, volume_cbm, price,
  cost_mode, card_id, version, per_cbm, per_kg, cost,
  {pricing_sql.rule(COLUMNS, "cost")}, {pricing_sql.commission("price", "cost")},
  {pricing_sql.method("price", "cost")}, {pricing_sql.status("price", "cost")},
  salesperson_id, '', %s, %s, %s
FROM given CROSS JOIN LATERAL (SELECT {pricing_sql.cost(COLUMNS)} AS cost OFFSET 0) c
"""  # noqa: S608
