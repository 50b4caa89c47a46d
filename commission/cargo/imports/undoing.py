"""Taking an import back: who may, what the person is told before, and what the audit log keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from structlog.contextvars import get_contextvars

from commission.cargo import access
from commission.cargo.models import ImportBatch, Shipment
from commission.cargo.shipments.editing import zone_of
from tenants.actor import Actor
from tenants.kit.later import Report
from tenants.office.models import AuditEvent

SUBJECT = Concat(
    Value("cargo_shipment:"),
    Cast("pk", output_field=TextField()),
    output_field=TextField(),
)
PIECE = 2_000  # parcels between two reports of progress
NAMED = 5  # edited parcels that the question names; the others are counted

# One row for each parcel, as if it had been deleted alone (shipments/editing.py: snapshot).
TAKE_BACK = """
WITH s AS (
  DELETE FROM cargo_shipment WHERE id IN (
    SELECT id FROM cargo_shipment WHERE batch_id = %s LIMIT %s)
  RETURNING *
)
INSERT INTO office_auditevent (id, at, by, by_name, action, subject, title, before, reason, request_id)
SELECT gen_random_uuid(), %s, %s, %s, 'cargo.shipment_delete', 'cargo_shipment:' || s.id, s.tracking_number,
  jsonb_build_object(
    'received_on', s.received_on, 'tracking_number', s.tracking_number, 'customer', c.code,
    'goods_type', s.goods_type_id, 'transport', s.transport,
    'weight_kg', trim_scale(s.weight_kg)::text, 'volume_cbm', trim_scale(s.volume_cbm)::text,
    'price', s.price::text, 'cost_mode', s.cost_mode, 'cost', s.cost::text, 'cost_rule', s.cost_rule,
    'commission', s.commission::text, 'commission_method', s.commission_method, 'status', s.status,
    'salesperson', s.salesperson_id, 'card_version', s.card_version, 'note', s.note
  ), '', %s
FROM s JOIN cargo_customer c ON c.id = s.customer_id
"""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What would go: how many parcels, and those of them that somebody edited since."""

    count: int
    edited: int
    named: tuple[str, ...]


def shipments_of(batch: ImportBatch) -> QuerySet[Shipment]:
    """The parcels that an import brought in."""
    return Shipment.objects.filter(batch=batch)


def may_undo(*, batch: ImportBatch, by: Actor, at: datetime) -> bool:
    """Who may delete each of its parcels may take them all back."""
    rows = shipments_of(batch)
    today = at.astimezone(zone_of(by)).date()
    return access.may_delete_all(by, rows, today)


def preview(batch: ImportBatch) -> Undoing:
    rows = shipments_of(batch)
    their_edits = AuditEvent.objects.filter(
        action="cargo.shipment_edit", subject=OuterRef("audit_subject")
    )
    edited = rows.annotate(audit_subject=SUBJECT).filter(Exists(their_edits))
    names = edited.order_by("tracking_number").values_list("tracking_number", flat=True)
    return Undoing(rows.count(), edited.count(), tuple(names[:NAMED]))


def take_back(*, batch: ImportBatch, by: Actor, at: datetime, report: Report) -> int:
    """Delete the parcels, piece by piece in the caller's one transaction. Every parcel that goes
    leaves its last values in the audit log. Returns how many went.
    """
    request = str(get_contextvars().get("request", ""))
    total = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(TAKE_BACK, [batch.pk, PIECE, at, by.member_id, by.name, request])
            removed = int(cursor.rowcount)
            total += removed
            if removed < PIECE:
                return total
            report(total)
