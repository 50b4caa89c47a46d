"""What the worker does for the module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from commission.cargo.imports import start, undo_later
from commission.cargo.models import ImportBatch, ImportState
from tenants.kit.outbox import handles


@handles(start.TOPIC)
def on_import_read(payload: Mapping[str, str], at: datetime) -> None:
    """Runs once; an import that is read already stays."""
    batch = ImportBatch.objects.select_for_update().get(pk=payload["batch"])
    if batch.state == ImportState.READING:
        start.read_stored(batch=batch, at=at)


@handles(undo_later.TOPIC, given_up=undo_later.give_up)
def on_import_undo(payload: Mapping[str, str], at: datetime) -> None:
    """Runs once; an import that is taken back already stays so."""
    undo_later.work(payload, at)
