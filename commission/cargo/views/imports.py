"""Importing: paste or file, the preview that is mended in place, confirm, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import links, locks
from commission.cargo.imports import confirm, edit_line, start, undo_later, undoing
from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.lines import NotATable
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch, ImportState
from commission.cargo.queries import imports
from commission.cargo.queries.imports import PreviewTotals
from commission.cargo.views.import_grid import GridRow, Headings, grid_of, headings, shown_headings
from commission.cargo.views.import_reading import ReadingPiece, piece_of
from commission.cargo.words import import_pill
from tenants.kit import clock, events
from tenants.kit.shown import FIELD, ChangedMeanwhile
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

PIECE = 250  # rows of the grid fetched at a time, as it is scrolled
RECENT = 20
KEPT = 200_000  # signs of a refused paste that come back with the page


@dataclass(frozen=True, slots=True)
class RecentImport:
    batch: ImportBatch
    pill: SafeString


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Where rows are pasted or a file is chosen; the text comes back when it was refused."""

    error: str
    recent: list[RecentImport]
    older: str  # where the imports before these are listed; empty at the end
    headings: Headings
    file_bytes: int
    text: str


@dataclass(frozen=True)
class ImportPiece:
    """A piece of the grid; `after` is the line behind which the next piece begins."""

    batch: ImportBatch
    rows: list[GridRow]
    after: int | None
    show: str
    headings: Headings
    is_preview: bool


@dataclass(frozen=True)
class ImportCard(ImportPiece):
    """An import with the first piece of its grid."""

    pill: SafeString
    failed: str
    undo_question: str  # empty where it cannot be undone
    events_url: str
    undo_events_url: str  # empty unless the worker is taking it back
    reading: ReadingPiece


@dataclass(frozen=True, slots=True)
class MendedLine:
    """One line after it was mended; it is swapped in out of band."""

    batch: ImportBatch
    rows: list[GridRow]
    is_preview: bool = True
    oob: bool = True


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One line with all of its cells open."""

    batch: ImportBatch
    row: GridRow
    is_preview: bool = True
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class TotalsPiece:
    """What the good rows come to."""

    totals: PreviewTotals
    currency: str
    shown: str


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def import_new(request: OfficeRequest) -> HttpResponse:
    """Paste or choose a file; then the check."""
    error = ""
    if request.method == "POST":
        try:
            batch = _read(request)
        except NotATable as problem:
            error = message(problem.reason)
        else:
            return go(request, links.import_batch(batch.pk))
    recent, older = _history(request)
    rows = [RecentImport(row, _state_pill(row)) for row in recent]
    context = ImportPage(
        error=error,
        recent=rows,
        older=older,
        headings=headings(),
        file_bytes=start.FILE_BYTES,
        text=request.POST.get("text", "")[:KEPT] if error else "",
    )
    return page(request, "cargo/import.html", context, status=422 if error else 200)


def _history(request: OfficeRequest) -> tuple[list[ImportBatch], str]:
    """The newest imports, or those before the moment that the address names."""
    rows = ImportBatch.objects.order_by("-made_at")
    try:
        before = datetime.fromisoformat(request.GET.get("before", ""))
        rows = rows.filter(made_at__lt=before)
    except (ValueError, TypeError):
        pass
    recent = list(rows[: RECENT + 1])
    if len(recent) <= RECENT:
        return recent, ""
    last = recent[RECENT - 1].made_at
    return recent[:RECENT], "?" + urlencode({"before": last.isoformat()})


def _read(request: OfficeRequest) -> ImportBatch:
    """The import of what was pasted or uploaded. Raises NotATable."""
    upload = request.FILES.get("file")
    if upload is not None:
        if (upload.size or 0) > start.FILE_BYTES:
            raise NotATable("too_big")
        return start.of_file(
            name=str(upload.name),
            content=upload,
            by=request.actor,
            at=clock.now(),
        )
    return start.of_paste(text=_pasted(request), by=request.actor, at=clock.now())


def _pasted(request: OfficeRequest) -> str:
    """The pasted text; a long one comes as a file, because forms are kept short."""
    pasted = request.FILES.get("pasted")
    if not pasted or not pasted.size:
        return request.POST.get("text", "")
    if pasted.size > start.PASTE_BYTES:
        raise NotATable("too_big")
    text: str = pasted.read().decode(errors="replace")
    return text


@require_GET
@needs(Permission.CARGO_ENTER)
def import_card(
    request: OfficeRequest,
    batch_id: UUID,
) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    piece = _piece(request, batch)
    is_being_undone = batch.undo_asked_at is not None
    may_ask = batch.state == ImportState.CONFIRMED and not is_being_undone
    is_reading = batch.state == ImportState.READING
    context = ImportCard(
        batch=batch,
        rows=piece.rows,
        after=piece.after,
        show=piece.show,
        headings=piece.headings,
        is_preview=piece.is_preview,
        pill=_state_pill(batch),
        failed=message(batch.failed_reason) if batch.failed_reason else "",
        undo_question=_undo_question(request, batch) if may_ask else "",
        events_url=events.stream_url(f"import:{batch.pk}") if is_reading else "",
        undo_events_url=events.stream_url(undo_later.topic_of(batch)) if is_being_undone else "",
        reading=piece_of(batch),
    )
    return page(request, "cargo/import_card.html", context)


def _undo_question(request: OfficeRequest, batch: ImportBatch) -> str:
    """How many parcels go, and which of them somebody edited since; "" for who may not."""
    may = undoing.may_undo(batch=batch, by=request.actor, at=clock.now())
    if not may or confirm.locked_months(batch):
        return ""
    there = undoing.preview(batch)
    question = ngettext(
        "Take back %(count)s shipment of this import?",
        "Take back all %(count)s shipments of this import?",
        there.count,
    )
    text = question % {"count": f"{there.count:,}"}
    if not there.edited:
        return text
    edited = _("Edited since") + f": {', '.join(there.named)}"
    if there.edited > len(there.named):
        edited += " … " + _("in all") + f" {there.edited:,}"
    return f"{text} {edited}"


@require_GET
@needs(Permission.CARGO_ENTER)
def import_rows(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """The next piece of the grid, fetched when its end is scrolled to."""
    batch = imports.batch_for(request.actor, batch_id)
    return page(request, "cargo/_import_rows.html", _piece(request, batch))


@require_GET
@needs(Permission.CARGO_ENTER)
def import_totals(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """Sales, cost and commission of what would be saved; fetched when the page stands."""
    batch = imports.batch_for(request.actor, batch_id)
    totals = imports.totals(batch, zone=request.reseller.time_zone)
    return page(
        request,
        "cargo/_import_totals.html",
        TotalsPiece(totals, request.reseller.currency, imports.mark_of(batch, totals)),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def import_fix(request: OfficeRequest, batch_id: UUID, line: int) -> HttpResponse:
    """GET opens all cells of a line; POST mends it: the line anew, and the counts above it."""
    batch = imports.batch_for(request.actor, batch_id)
    if request.method == "GET":
        return _opened(request, batch, line)
    values = {name: request.POST[name] for name in FIELDS if name in request.POST}
    allow = "is_allowed" in request.POST if "has_tick" in request.POST else None
    try:
        batch = edit_line.fix(batch=batch, line=line, values=values, allow_double=allow)
    except (edit_line.NoSuchLine, confirm.NotReady) as gone:
        raise Http404 from gone
    lines = imports.rows(batch, zone=request.reseller.time_zone, line=line)
    return page(request, "cargo/_import_fixed.html", MendedLine(batch, grid_of(lines)))


def _opened(request: OfficeRequest, batch: ImportBatch, line: int) -> HttpResponse:
    lines = imports.rows(batch, zone=request.reseller.time_zone, line=line)
    if not lines or batch.state != ImportState.PREVIEW:
        raise Http404
    (row,) = grid_of(lines)
    return page(request, "cargo/_import_opened.html", OpenedLine(batch, row))


@require_POST
@needs(Permission.CARGO_ENTER)
def import_confirm(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    url = links.import_batch(batch_id)
    try:
        confirmed = _confirm(request, batch)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
    except confirm.RowsAreBad:
        messages.error(
            request,
            _("Some rows cannot be saved: mend them or leave them out."),
        )
    except confirm.NotReady:
        messages.error(request, _("This import cannot be confirmed any more."))
    except locks.MonthIsLocked:
        messages.error(request, _("This month is closed."))
    else:
        notice = ngettext(
            "%(count)s shipment is saved.",
            "%(count)s shipments are saved.",
            confirmed.saved,
        )
        messages.success(request, notice % {"count": f"{confirmed.saved:,}"})
    return go(request, url)


def _confirm(request: OfficeRequest, batch: ImportBatch) -> ImportBatch:
    """Save what the page showed. Raises ChangedMeanwhile and the refusals of the act."""
    shown = request.POST.get(FIELD, "")

    def check(locked: ImportBatch) -> None:
        totals = imports.totals(locked, zone=request.reseller.time_zone)
        if shown != imports.mark_of(locked, totals):
            raise ChangedMeanwhile

    return confirm.confirm(
        batch=batch,
        skip_bad="skip_bad" in request.POST,
        check=check if shown else None,
        by=request.actor,
        at=clock.now(),
    )


@require_POST
@needs(Permission.CARGO_ENTER)
def import_undo(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    try:
        undone = undo_later.undo(batch=batch, by=request.actor, at=clock.now())
    except confirm.NotAllowed as refused:
        raise PermissionDenied from refused
    except confirm.CannotUndo:
        messages.error(
            request,
            _("The import was not saved, or a month of it is closed."),
        )
    except confirm.IsBeingUndone:
        messages.warning(request, _("This import is being taken back already."))
    else:
        if undone is None:  # the card shows how far it is
            return go(request, links.import_batch(batch.pk))
        notice = ngettext(
            "%(count)s shipment was taken back.",
            "%(count)s shipments were taken back.",
            undone,
        )
        messages.success(request, notice % {"count": f"{undone:,}"})
    return go(request, links.import_batch(batch.pk))


def _state_pill(batch: ImportBatch) -> SafeString:
    return import_pill(batch.state, str(ImportState(batch.state).label))


def _piece(request: OfficeRequest, batch: ImportBatch) -> ImportPiece:
    """The rows behind the line that the address names, and where the next piece begins."""
    show = request.GET.get("show", "all")
    show = show if show in imports.SHOW or show in imports.SHOW_PRICED else "all"
    lines = imports.rows(
        batch,
        zone=request.reseller.time_zone,
        after=_line_number(request.GET.get("after", "0")),
        limit=PIECE + 1,
        show=show,
    )
    return ImportPiece(
        batch=batch,
        rows=grid_of(lines[:PIECE]),
        after=lines[PIECE - 1].line if len(lines) > PIECE else None,
        show=show,
        headings=shown_headings(),
        is_preview=batch.state == ImportState.PREVIEW,
    )


def _line_number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return int(text) if is_number else 0
