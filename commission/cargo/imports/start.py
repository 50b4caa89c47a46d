"""Starting an import: from a paste at once, from a large file in the worker. Nothing becomes a
shipment yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from io import SEEK_END, BytesIO
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commission.cargo import links
from commission.cargo.imports import lines, staging
from commission.cargo.imports.cells import KINDS
from commission.cargo.imports.columns import (
    Arranged,
    ColumnsAreUnknown,
    NumberedRow,
    transports,
)
from commission.cargo.imports.lines import NotATable, Reader
from commission.cargo.imports.reading import Reading, keep, own_words
from commission.cargo.imports.reading import of as reading_of
from commission.cargo.imports.words import message
from commission.cargo.models import (
    ImportBatch,
    ImportState,
    ImportWordKind,
    MonthLock,
)
from commission.cargo.rates import defaults
from tenants.actor import Actor
from tenants.kit import events
from tenants.kit.outbox import announce
from tenants.kit.sheets.reader import MustChoose, Wish, opened
from tenants.kit.sheets.refusals import Refused
from tenants.office import files
from tenants.office.hearing import News, tell
from tenants.office.models import File

PASTE_BYTES = 10 * 1024 * 1024
PASTE_ROWS = 50_000
PASTED = "paste.tsv"  # name of a paste that is kept until the person has chosen
FILE_BYTES = 100 * 1024 * 1024
FILE_ROWS = 1_100_000
ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
AT_ONCE = 3 * 1024 * 1024  # files up to this size are read while the person waits
ROWS_AT_ONCE = 20_000  # and up to so many rows, and so many seconds: the rest is for the worker
SECONDS_AT_ONCE = 2
SECONDS_OF_WORKER = 600
LONG_WORK = ("too_many_rows", "too_heavy")  # what the worker may still be able to read
TOPIC = "cargo.import_read"
FORGOTTEN_AFTER = timedelta(days=7)


def of_paste(*, text: str, by: Actor, at: datetime) -> ImportBatch:
    """A preview of pasted text. Raises NotATable."""
    if len(text.encode()) > PASTE_BYTES:
        raise NotATable("too_big")
    if "\x00" in text:
        raise NotATable("nul")
    try:
        with transaction.atomic():
            batch = _batch("", by, at, ImportState.PREVIEW)
            fill(batch, lines.table(text), limit=PASTE_ROWS, reading=_reading(by))
            if batch.has_heading:
                _keep_file(batch, PASTED, BytesIO(text.encode()), by, at)
    except ColumnsAreUnknown as unknown:
        return _asking(PASTED, BytesIO(text.encode()), question_of(unknown, _reading(by)), by, at)
    return batch


def of_file(
    *,
    name: str,
    content: bytes | IO[bytes],
    by: Actor,
    at: datetime,
    wish: Wish | None = None,
) -> ImportBatch:
    """A preview of a file. A large one is stored and read by the worker; one that may be read in
    several ways waits for the person's choice. Raises NotATable.
    """
    file = BytesIO(content) if isinstance(content, bytes) else content
    size = file.seek(0, SEEK_END)
    if size > FILE_BYTES:
        raise NotATable("too_big")
    if not name.lower().endswith(ENDINGS):
        raise NotATable("file_kind")
    reading = _reading(by, wish)
    if size > AT_ONCE:
        return _for_the_worker(name, file, reading, by, at)
    try:
        with transaction.atomic():
            batch = _batch(name, by, at, ImportState.PREVIEW)
            fill_from_file(
                batch,
                file,
                reading,
                name=name,
                limit=ROWS_AT_ONCE,
                seconds=SECONDS_AT_ONCE,
            )
            _keep_file(batch, name, file, by, at)
    except MustChoose as doubt:
        return _asking(name, file, replace(reading, asks=doubt.kind, choices=doubt.choices), by, at)
    except ColumnsAreUnknown as unknown:
        return _asking(name, file, question_of(unknown, reading), by, at)
    except NotATable as problem:
        if str(problem) not in LONG_WORK:
            raise
        return _for_the_worker(name, file, reading, by, at)
    return batch


def _reading(by: Actor, wish: Wish | None = None) -> Reading:
    zone = by.reseller.time_zone if by.reseller else "UTC"
    return Reading(zone=zone, **asdict(wish or Wish()))


def question_of(unknown: ColumnsAreUnknown, reading: Reading) -> Reading:
    """Which column is which: asked where the heading has words that nobody knows."""
    return replace(
        reading,
        asks="columns",
        heading=unknown.heading,
        columns=unknown.fields,
        choices=[(name, "") for name in unknown.missing],
    )


def _for_the_worker(
    name: str, file: IO[bytes], reading: Reading, by: Actor, at: datetime
) -> ImportBatch:
    with transaction.atomic():
        batch = _batch(name, by, at, ImportState.READING)
        keep(batch, reading)
        _keep_file(batch, name, file, by, at)
        announce(TOPIC, {"batch": str(batch.pk)})
    return batch


def _asking(name: str, file: IO[bytes], reading: Reading, by: Actor, at: datetime) -> ImportBatch:
    """An import that waits for the person's choice; nothing is read until then."""
    with transaction.atomic():
        batch = _batch("" if name == PASTED else name, by, at, ImportState.CHOOSING)
        keep(batch, reading)
        _keep_file(batch, name, file, by, at)
    return batch


def _keep_file(batch: ImportBatch, name: str, file: IO[bytes], by: Actor, at: datetime) -> None:
    stored = files.store(
        content=file,
        name=name,
        content_type="application/octet-stream",
        by=by,
        at=at,
    )
    batch.file_id = stored.pk
    batch.save(update_fields=["file_id"])


def read_stored(*, batch: ImportBatch, at: datetime) -> None:
    """The worker's part. The page of the import says what could not be read, or asks."""
    stored = File.objects.get(pk=batch.file_id)
    reading = reading_of(batch)
    try:
        with transaction.atomic(), files.opened(stored) as file:
            fill_from_file(
                batch,
                file,
                reading,
                name=stored.name,
                limit=FILE_ROWS,
                seconds=SECONDS_OF_WORKER,
                shows_progress=True,
            )
        batch.state = ImportState.PREVIEW
    except MustChoose as doubt:
        batch.state = ImportState.CHOOSING
        keep(batch, replace(reading, asks=doubt.kind, choices=doubt.choices))
    except ColumnsAreUnknown as unknown:
        batch.state = ImportState.CHOOSING
        keep(batch, question_of(unknown, reading))
    except NotATable as problem:
        batch.state = ImportState.FAILED
        batch.failed_reason = problem.reason
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
    news = News(
        "cargo.import_read",
        {"file": name, "outcome": partial(_outcome, batch)},
        url=links.import_batch(batch.pk),
        person=batch.made_by,
    )
    tell(news, by=None, at=at)


def _outcome(batch: ImportBatch) -> str:
    return message(batch.failed_reason) if batch.failed_reason else _("Read, to be confirmed")


def reader() -> Reader:
    """Knows the shop's goods types by code, name and its own words, and its closed months."""
    own = {kind.code.lower(): kind.code for kind in defaults.goods_types()}
    named = {kind.name.lower(): kind.code for kind in defaults.goods_types() if kind.name}
    usual = {word: code for word, code in KINDS.items() if code in own.values()}
    return Reader(
        usual | named | own | own_words(ImportWordKind.GOODS_TYPE),
        frozenset(MonthLock.objects.values_list("month", flat=True)),
        transports=transports() | own_words(ImportWordKind.TRANSPORT),
    )


def _batch(source: str, by: Actor, at: datetime, state: ImportState) -> ImportBatch:
    """A new import; previews that were left for a week go."""
    forgotten = ImportBatch.objects.filter(
        state__in=[ImportState.PREVIEW, ImportState.CHOOSING, ImportState.FAILED],
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


def fill_from_file(
    batch: ImportBatch,
    file: IO[bytes],
    reading: Reading,
    *,
    name: str,
    limit: int,
    seconds: int,
    shows_progress: bool = False,
) -> None:
    """Raises MustChoose, ColumnsAreUnknown, NotATable."""
    try:
        with opened(file, name=name, seconds=seconds, wish=reading.wish) as table:
            rows = lines.refused_in_words(table.rows)
            fill(batch, rows, limit=limit, reading=reading, shows_progress=shows_progress)
    except Refused as refused:
        raise NotATable(refused.code, refused.place) from refused
    about_file = replace(
        reading_of(batch),
        read_sheet=table.sheet,
        read_encoding=table.encoding,
        hidden=table.hidden,
        merged=table.merged,
    )
    keep(batch, about_file)


def fill(
    batch: ImportBatch,
    rows: Iterable[NumberedRow],
    *,
    limit: int,
    reading: Reading,
    shows_progress: bool = False,
) -> None:
    """Stage the rows, each cell in its column. Raises ColumnsAreUnknown, NotATable."""
    arranged = Arranged(rows, own_words(ImportWordKind.COLUMN))
    with timezone.override(reading.zone):
        staging.stage(
            batch.pk,
            arranged,
            reader(),
            limit=limit,
            progress=partial(_progress, batch) if shows_progress else None,
        )
    batch.has_heading = bool(arranged.heading)
    about_columns = replace(
        reading,
        heading=arranged.heading,
        columns=arranged.fields,
        left_out=arranged.left_out,
    )
    keep(batch, about_columns)
    staging.look_for_doubles(batch.pk)
    recount(batch)


def _progress(batch: ImportBatch, done: int) -> None:
    events.publish(
        f"import:{batch.pk}",
        {
            "state": "running",
            "done": done,
            "total": 0,
            "text": f"{done:,}",
        },
    )


def recount(batch: ImportBatch) -> None:
    """Count the lines of the import anew."""
    batch.rows, batch.bad = staging.counts(batch.pk)
    batch.save(update_fields=["rows", "bad", "has_heading"])
