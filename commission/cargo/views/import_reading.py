"""How a table is read: which sheet, which encoding, hidden rows, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commission.cargo import links
from commission.cargo.imports import choosing, confirm, reading
from commission.cargo.imports.words import field_labels, message
from commission.cargo.models import ImportBatch
from commission.cargo.queries import imports
from tenants.kit import clock
from tenants.kit.sheets.reader import Wish
from tenants.kit.web import OfficeRequest, go, needs
from tenants.permissions import Permission

ENCODINGS = {"cp874": "ไทย", "gb18030": "中文", "cp1251": "Русский", "cp1252": "Latin"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read the file, with a piece of its text read so."""

    value: str
    label: str
    sample: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of the table: its heading and the field it is read as."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class ReadingPiece:
    """What is asked about the table, and what is said of how it was read."""

    asks: str  # "", sheet, encoding or columns
    question: str
    choices: list[Choice]
    columns: list[ColumnChoice]
    missing: str  # names of the fields that no column has
    labels: Mapping[str, str]
    notes: list[str]
    hidden: int
    may_choose: bool
    sheet: str
    encoding: str
    with_hidden: bool


def piece_of(batch: ImportBatch) -> ReadingPiece:
    kept = reading.of(batch)
    labels = field_labels()
    is_columns = kept.asks == "columns"
    names = [name for name, _sample in kept.choices] if is_columns else []
    return ReadingPiece(
        asks=kept.asks,
        question=message(kept.asks) if kept.asks else "",
        choices=[] if is_columns else [_choice(kept.asks, *one) for one in kept.choices],
        columns=_columns(kept),
        missing=", ".join(labels[name] for name in names),
        labels=labels,
        notes=_notes(kept, labels),
        hidden=0 if kept.with_hidden else kept.hidden,
        may_choose=bool(batch.file_id) and batch.state in choosing.WAITING,
        sheet=kept.sheet,
        encoding=kept.encoding,
        with_hidden=kept.with_hidden,
    )


def _choice(asks: str, value: str, sample: str) -> Choice:
    label = ENCODINGS.get(value, value) if asks == "encoding" else value
    return Choice(value, label, sample)


def _columns(kept: reading.Reading) -> list[ColumnChoice]:
    nothing = [""] * len(kept.heading)
    fields = kept.columns or nothing
    pairs = zip(kept.heading, fields, strict=False)
    return [ColumnChoice(heading, name) for heading, name in pairs if heading]


def _notes(kept: reading.Reading, labels: Mapping[str, str]) -> list[str]:
    """What was read and what was not, in words."""
    notes = []
    if kept.read_sheet:
        notes.append(_("Sheet") + f": {kept.read_sheet}")
    if kept.columns:
        pairs = _columns(kept)
        read = [f"{one.heading} → {labels[one.field]}" for one in pairs if one.field]
        notes.append(_("Columns") + f": {', '.join(read)}")
        if without := [one.heading for one in pairs if not one.field]:
            notes.append(_("Columns left out") + f": {', '.join(without)}")
    if kept.hidden and not kept.with_hidden:
        notes.append(hidden_rows(kept.hidden))
    if kept.left_out:
        notes.append(_("Titles and totals left out") + f": {kept.left_out}")
    if kept.merged:
        notes.append(_("Merged cells: only the first one has a value") + f": {kept.merged}")
    return notes


def hidden_rows(count: int) -> str:
    text = ngettext(
        "%(count)s hidden row was left out.",
        "%(count)s hidden rows were left out.",
        count,
    )
    return text % {"count": f"{count:,}"}


@require_POST
@needs(Permission.CARGO_ENTER)
def import_read(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """Read the table anew, as the person chose."""
    batch = imports.batch_for(request.actor, batch_id)
    wish = Wish(
        sheet=request.POST.get("sheet", ""),
        encoding=request.POST.get("encoding", ""),
        with_hidden="with_hidden" in request.POST,
    )
    headings = request.POST.getlist("heading")
    fields = request.POST.getlist("field")
    try:
        choosing.read_again(
            batch=batch,
            wish=wish,
            columns=dict(zip(headings, fields, strict=False)),
            by=request.actor,
            at=clock.now(),
        )
    except confirm.NotReady:
        messages.error(request, _("This import cannot be confirmed any more."))
    return go(request, links.import_batch(batch.pk))
