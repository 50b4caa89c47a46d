"""Starting an import: from a paste at once, from a large file in the worker. Nothing becomes a
shipment yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from commission.cargo import links
from commission.cargo.imports import files as read_files
from commission.cargo.imports import lines, staging
from commission.cargo.imports.cells import KINDS
from commission.cargo.imports.lines import NotATable, Reader
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch, ImportState, MonthLock
from commission.cargo.rates import defaults
from tenants.actor import Actor
from tenants.kit import events
from tenants.kit.outbox import announce
from tenants.office import files
from tenants.office.models import File, Member, Notification

PASTE_BYTES = 10 * 1024 * 1024
PASTE_ROWS = 50_000
FILE_BYTES = 100 * 1024 * 1024
FILE_ROWS = 1_100_000
AT_ONCE = 3 * 1024 * 1024  # files up to this size are read while the person waits
TOPIC = "cargo.import_read"
FORGOTTEN_AFTER = timedelta(days=7)


def of_paste(*, text: str, by: Actor, at: datetime) -> ImportBatch:
    """A preview of pasted text. Raises NotATable."""
    if len(text.encode()) > PASTE_BYTES:
        raise NotATable("too_big")
    if "\x00" in text:
        raise NotATable("nul")
    with transaction.atomic():
        batch = _batch("", by, at, ImportState.PREVIEW)
        _fill(batch, lines.table(text), limit=PASTE_ROWS)
    return batch


def of_file(*, name: str, content: bytes, by: Actor, at: datetime) -> ImportBatch:
    """A preview of a file; a large one is stored and read by the worker. Raises NotATable."""
    if len(content) > FILE_BYTES:
        raise NotATable("too_big")
    if not name.lower().endswith((".xlsx", ".csv", ".tsv", ".txt")):
        raise NotATable("file_kind")
    with transaction.atomic():
        if len(content) > AT_ONCE:
            batch = _batch(name, by, at, ImportState.READING)
            batch.file_id = files.store(
                content=content,
                name=name,
                content_type="application/octet-stream",
                by=by,
                at=at,
            ).pk
            batch.save(update_fields=["file_id"])
            announce(TOPIC, {"batch": str(batch.pk)})
            return batch
        batch = _batch(name, by, at, ImportState.PREVIEW)
        _fill(batch, read_files.of_file(name, content), limit=FILE_ROWS)
    return batch


def read_stored(*, batch: ImportBatch, at: datetime) -> None:
    """The worker's part. The page of the import says what could not be read."""
    stored = File.objects.get(pk=batch.file_id)
    try:
        with transaction.atomic():
            _fill(
                batch,
                read_files.of_file(stored.name, files.read(stored)),
                limit=FILE_ROWS,
                shows_progress=True,
            )
        batch.state = ImportState.PREVIEW
    except NotATable as problem:
        batch.state = ImportState.FAILED
        batch.failed_reason = str(problem)
    batch.save(update_fields=["state", "failed_reason"])
    _notify(batch, stored.name, at)
    events.publish(
        f"import:{batch.pk}",
        {
            "state": "failed" if batch.failed_reason else "done",
            "done": batch.rows,
            "total": batch.rows,
            "text": message(batch.failed_reason),
        },
    )


def _notify(batch: ImportBatch, name: str, at: datetime) -> None:
    """Whoever left the page finds what came of it among the notifications."""
    who = Member.objects.filter(pk=batch.made_by).first() if batch.made_by else None
    if who:
        outcome = (
            message(batch.failed_reason) if batch.failed_reason else _("Read, to be confirmed")
        )
        Notification.objects.create(
            member=who,
            text=f"{name}: {outcome}",
            url=links.import_batch(batch.pk),
            created_at=at,
        )


def reader() -> Reader:
    """Knows the shop's goods types by code and name, and its closed months."""
    own = {kind.code.lower(): kind.code for kind in defaults.goods_types()}
    named = {kind.name.lower(): kind.code for kind in defaults.goods_types() if kind.name}
    usual = {word: code for word, code in KINDS.items() if code in own.values()}
    return Reader(
        usual | named | own,
        frozenset(MonthLock.objects.values_list("month", flat=True)),
    )


def _batch(source: str, by: Actor, at: datetime, state: ImportState) -> ImportBatch:
    """A new import; previews that were left for a week go."""
    forgotten = ImportBatch.objects.filter(
        state__in=[ImportState.PREVIEW, ImportState.FAILED],
        made_at__lt=at - FORGOTTEN_AFTER,
    )
    forgotten.delete()
    return ImportBatch.objects.create(
        source=source[:200],
        state=state,
        made_at=at,
        made_by=by.member_id,
        made_by_name=by.name,
    )


def _fill(
    batch: ImportBatch,
    rows: Iterable[tuple[int, list[str]]],
    *,
    limit: int,
    shows_progress: bool = False,
) -> None:
    def progress(done: int) -> None:
        events.publish(
            f"import:{batch.pk}",
            {
                "state": "running",
                "done": done,
                "total": 0,
                "text": f"{done:,}",
            },
        )

    staged = staging.stage(
        batch.pk,
        rows,
        reader(),
        limit=limit,
        progress=progress if shows_progress else None,
    )
    batch.has_heading = staged.has_heading
    staging.look_for_doubles(batch.pk)
    recount(batch)


def recount(batch: ImportBatch) -> None:
    """Count the lines of the import anew."""
    batch.rows, batch.bad = staging.counts(batch.pk)
    batch.save(update_fields=["rows", "bad", "has_heading"])
