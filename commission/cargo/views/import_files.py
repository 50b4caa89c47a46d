"""Files around an import: an empty table to fill in, and the rows that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from commission.cargo.imports.words import field_labels
from commission.cargo.models import ImportBatch, Transport
from commission.cargo.queries import imports
from commission.cargo.queries.imports import PreviewLine
from tenants.kit import later, tables
from tenants.kit.web import OfficeRequest, needs
from tenants.permissions import Permission

PIECE = 1_000
EXAMPLE = (
    date(2026, 1, 18),
    "PR-001",
    "TH12345678",
    "GENERAL",
    str(Transport.TRUCK),
    Decimal("15.5"),
    Decimal("0.125"),
    Decimal("2500.00"),
    "AUTO",
    None,
)


@require_GET
@needs(Permission.CARGO_ENTER)
def import_template(request: OfficeRequest) -> HttpResponseBase:
    """A workbook with the headings and one parcel as an example."""
    return tables.table(
        name="cargo-import",
        headings=list(field_labels().values()),
        rows=[EXAMPLE],
        kind=request.GET.get("format", "xlsx"),
    )


@require_GET
@needs(Permission.CARGO_ENTER)
def import_bad(request: OfficeRequest, batch_id: UUID) -> HttpResponseBase:
    """The rows with errors as a workbook, each with its reason: mended, it is uploaded again."""
    batch = imports.batch_for(request.actor, batch_id)
    labels = field_labels()
    lines = later.rows_of(_bad_lines(batch, request.reseller.time_zone))
    return tables.table(
        name="cargo-import-errors",
        headings=[*labels.values(), _("Reason")],
        rows=([*line.cells, _reason(line, labels)] for line in lines),
        kind="xlsx",
    )


def _bad_lines(batch: ImportBatch, zone: str) -> Iterator[PreviewLine]:
    after = 0
    while lines := imports.rows(batch, zone=zone, after=after, limit=PIECE, show="bad"):
        yield from lines
        after = lines[-1].line


def _reason(line: PreviewLine, labels: dict[str, str]) -> str:
    faults = [f"{labels.get(field, '')}: {text}" for field, text in line.errors.items()]
    return "; ".join(fault.removeprefix(": ") for fault in faults)
