"""What a person chooses about a table that can be read in several ways; then it is read anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commission.cargo.imports import reading
from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.columns import LEFT_OUT, plain
from commission.cargo.imports.confirm import NotReady, claim
from commission.cargo.imports.start import TOPIC
from commission.cargo.models import (
    ImportBatch,
    ImportRow,
    ImportState,
    ImportWord,
    ImportWordKind,
)
from tenants.actor import Actor
from tenants.kit.outbox import announce
from tenants.kit.sheets.reader import Wish
from tenants.office import audit

LONGEST_WORD = 100
WAITING = (ImportState.CHOOSING, ImportState.PREVIEW)


def read_again(
    *,
    batch: ImportBatch,
    wish: Wish,
    columns: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """The worker reads the kept file as the person chose. `columns` (heading → field, "" to leave
    it out) are remembered as the shop's template. Raises NotReady.
    """
    with transaction.atomic():
        locked = claim(batch)
        if locked.state not in WAITING or not locked.file_id:
            raise NotReady
        remember(kind=ImportWordKind.COLUMN, meanings=columns or {}, by=by, at=at)
        ImportRow.objects.filter(batch=locked).delete()
        locked.state = ImportState.READING
        locked.rows = 0
        locked.bad = 0
        locked.save(update_fields=["state", "rows", "bad"])
        chosen = replace(
            reading.of(locked),
            sheet=wish.sheet,
            encoding=wish.encoding,
            with_hidden=wish.with_hidden,
            asks="",
            choices=[],
        )
        reading.keep(locked, chosen)
        announce(TOPIC, {"batch": str(locked.pk)})
    return locked


def forget(*, word_id: UUID, by: Actor, at: datetime) -> None:
    """A word means nothing special any more. Raises ImportWord.DoesNotExist."""
    with transaction.atomic():
        word = ImportWord.objects.get(pk=word_id)
        before = {word.word: word.meaning}
        word.delete()
        audit.record(
            action="cargo.import_words",
            subject="cargo_import_words",
            by=by,
            at=at,
            before=before,
        )


def remember(
    *,
    kind: ImportWordKind,
    meanings: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """Keep the shop's own words; a word has one meaning."""
    words = {
        plain(word)[:LONGEST_WORD]: ImportWord(
            kind=kind,
            word=plain(word)[:LONGEST_WORD],
            meaning=meaning or LEFT_OUT,
        )
        for word, meaning in meanings.items()
        if plain(word) and (kind != ImportWordKind.COLUMN or meaning in ("", *FIELDS))
    }
    if not words:
        return
    ImportWord.objects.bulk_create(
        words.values(),
        update_conflicts=True,
        unique_fields=["kind", "word"],
        update_fields=["meaning"],
    )
    audit.record(
        action="cargo.import_words",
        subject="cargo_import_words",
        by=by,
        at=at,
        after={one.word: one.meaning for one in words.values()},
    )
