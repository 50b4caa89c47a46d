"""Importing: paste or file, the preview that is mended in place, confirm, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import locks
from commission.cargo.imports import confirm, edit_line, start
from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.lines import NotATable
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch, ImportState, Transport
from commission.cargo.queries import imports
from commission.cargo.words import amounts, import_pill, status_pill
from tenants.kit import clock, events
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

PIECE = 250  # rows of the grid fetched at a time, as it is scrolled
RECENT = 20


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def import_new(request: OfficeRequest) -> HttpResponse:
    """Paste or choose a file; then the check."""
    error = ""
    if request.method == "POST":
        try:
            batch = _made(request)
        except NotATable as problem:
            error = message(str(problem))
        else:
            return go(request, reverse("cargo:import-card", args=[batch.pk]))
    recent = [
        {
            "batch": row,
            "pill": import_pill(row.state, str(ImportState(row.state).label)),
        }
        for row in ImportBatch.objects.order_by("-made_at")[:RECENT]
    ]
    context = {
        "error": error,
        "recent": recent,
        "headings": headings(),
        "file_bytes": start.FILE_BYTES,
        "text": request.POST.get("text", "")[:200_000] if error else "",
    }
    return page(
        request,
        "cargo/import.html",
        context,
        status=422 if error else 200,
    )


def _made(request: OfficeRequest) -> ImportBatch:
    if (
        pasted := request.FILES.get("pasted")
    ) and pasted.size:  # a long paste comes as a file: forms are kept short
        if pasted.size > start.PASTE_BYTES:
            raise NotATable("too_big")
        return start.of_paste(
            text=pasted.read().decode(errors="replace"),
            by=request.actor,
            at=clock.now(),
        )
    upload = request.FILES.get("file")
    if upload is None:
        return start.of_paste(
            text=request.POST.get("text", ""),
            by=request.actor,
            at=clock.now(),
        )
    if (upload.size or 0) > start.FILE_BYTES:
        raise NotATable("too_big")
    return start.of_file(
        name=str(upload.name),
        content=upload.read(),
        by=request.actor,
        at=clock.now(),
    )


@require_GET
@needs(Permission.CARGO_ENTER)
def import_card(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    show = request.GET.get("show", "all")
    show = show if show in imports.SHOW else "all"
    context: dict[str, Any] = {
        "batch": batch,
        "pill": import_pill(batch.state, str(ImportState(batch.state).label)),
        "headings": headings(),
        "show": show,
        "is_preview": batch.state == ImportState.PREVIEW,
        "failed": message(batch.failed_reason) if batch.failed_reason else "",
        "may_undo": batch.state == ImportState.CONFIRMED and not confirm.locked_months(batch),
    }
    if batch.state == ImportState.READING:
        context["events_url"] = events.stream_url(f"import:{batch.pk}")
    return page(
        request,
        "cargo/import_card.html",
        context | _piece(request, batch, show),
    )


@require_GET
@needs(Permission.CARGO_ENTER)
def import_rows(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    """The next piece of the grid, fetched when its end is scrolled to."""
    batch = imports.batch_for(request.actor, batch_id)
    show = request.GET.get("show", "all")
    return page(
        request,
        "cargo/_import_rows.html",
        _piece(request, batch, show if show in imports.SHOW else "all"),
    )


@require_POST
@needs(Permission.CARGO_ENTER)
def import_fix(request: OfficeRequest, batch_id: UUID, line: int) -> HttpResponse:
    """One line mended in the grid: the line anew, and the counts above it."""
    batch = imports.batch_for(request.actor, batch_id)
    values = {name: request.POST[name] for name in FIELDS if name in request.POST}
    allow = "is_allowed" in request.POST if "has_tick" in request.POST else None
    try:
        batch = edit_line.fix(batch=batch, line=line, values=values, allow_double=allow)
    except (edit_line.NoSuchLine, confirm.NotReady) as gone:
        raise Http404 from gone
    found = imports.rows(batch, zone=request.reseller.time_zone, line=line)
    context = {
        "batch": batch,
        "rows": _cells(found),
        "is_preview": True,
        "show": "all",
        "after": None,
        "headings": headings(),
        "oob": True,
    }
    return page(request, "cargo/_import_fixed.html", context)


@require_POST
@needs(Permission.CARGO_ENTER)
def import_confirm(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    url = reverse("cargo:import-card", args=[batch_id])
    try:
        done = confirm.confirm(
            batch=batch,
            skip_bad="skip_bad" in request.POST,
            by=request.actor,
            at=clock.now(),
        )
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
        said = ngettext(
            "%(count)s shipment is saved.",
            "%(count)s shipments are saved.",
            done.saved,
        )
        messages.success(request, said % {"count": f"{done.saved:,}"})
    return go(request, url)


@require_POST
@needs(Permission.CARGO_ENTER)
def import_undo(request: OfficeRequest, batch_id: UUID) -> HttpResponse:
    batch = imports.batch_for(request.actor, batch_id)
    try:
        gone = confirm.undo(batch=batch, by=request.actor, at=clock.now())
    except confirm.CannotUndo:
        messages.error(
            request,
            _("The import was not saved, or a month of it is closed."),
        )
    else:
        said = ngettext(
            "%(count)s shipment was taken back.",
            "%(count)s shipments were taken back.",
            gone,
        )
        messages.success(request, said % {"count": f"{gone:,}"})
    return go(request, reverse("cargo:import-card", args=[batch.pk]))


def headings() -> list[tuple[str, str]]:
    """The ten columns in the order in which they are pasted."""
    said = [
        _("Date received"),
        _("Customer code"),
        _("Tracking number"),
        _("Goods type"),
        _("Transport"),
        _("Weight (kg)"),
        _("Volume (CBM)"),
        _("Selling price"),
        _("Cost mode"),
        _("Cost"),
    ]
    return list(zip(FIELDS, said, strict=True))


def _piece(request: OfficeRequest, batch: ImportBatch, show: str) -> dict[str, Any]:
    after = request.GET.get("after", "0")
    after_line = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    found = imports.rows(
        batch,
        zone=request.reseller.time_zone,
        after=after_line,
        limit=PIECE + 1,
        show=show,
    )
    more = found[PIECE - 1].line if len(found) > PIECE else None
    return {
        "rows": _cells(found[:PIECE]),
        "after": more,
        "show": show,
        "batch": batch,
        "headings": headings(),
        "is_preview": batch.state == ImportState.PREVIEW,
    }


def _cells(found: list[imports.Seen]) -> list[dict[str, Any]]:
    pills: dict[Any, Any] = {}
    rows = []
    written = amounts()
    ways = {code: str(label) for code, label in Transport.choices}
    for row in found:
        state = (row.status, row.commission_method)
        if row.status and state not in pills:
            pills[state] = status_pill(row.status, row.commission_method)
        rows.append(
            {
                "line": row.line,
                "cells": _shown(row.cells, ways),
                "errors": row.errors,
                "rule": row.cost_rule or "",
                "cost": written(row.cost),
                "commission": written(row.commission),
                "is_double": row.is_double,
                "is_allowed": row.is_allowed,
                "is_new": row.is_new_customer,
                "pill": pills.get(state, ""),
            }
        )
    return rows


def _shown(cells: list[str], ways: dict[str, str]) -> list[tuple[str, str]]:
    """Field and text; the transport's code is said in words."""
    return [
        (name, ways.get(text, text) if name == "transport" else text)
        for name, text in zip(FIELDS, cells, strict=True)
    ]
