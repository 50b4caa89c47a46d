"""Mending a line of a preview in the grid."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from commission.cargo.imports import staging
from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.confirm import NotReady, claim
from commission.cargo.imports.start import reader, recount
from commission.cargo.models import ImportBatch, ImportRow, ImportState
from tenants.kit import formats

PLAIN = (
    "customer_code",
    "tracking_number",
    "goods_type",
    "transport",
    "cost_mode",
)


class NoSuchLine(Exception):
    """The import has no such line."""


def fix(
    *,
    batch: ImportBatch,
    line: int,
    values: Mapping[str, str],
    allow_double: bool | None = None,
) -> ImportBatch:
    """Read the line anew with these cells; others stay as they are. Raises NotReady, NoSuchLine."""
    with transaction.atomic():
        locked = claim(batch)
        if locked.state != ImportState.PREVIEW:
            raise NotReady
        row = ImportRow.objects.filter(batch=locked, line=line).first()
        if row is None:
            raise NoSuchLine
        cells = dict(zip(FIELDS, cells_of(row), strict=True)) | {
            name: text for name, text in values.items() if name in FIELDS
        }
        read = reader().read(line, [cells[name].replace("\x00", "") for name in FIELDS])
        keep: dict[str, object] = {
            **_columns(read.values),
            "raw": read.raw if read.errors else None,
            "errors": read.errors or None,
            "double": None,
        }
        if allow_double is not None:
            keep["is_allowed"] = allow_double
        ImportRow.objects.filter(batch=locked, line=line).update(**keep)
        ImportRow.objects.filter(batch=locked, double="paste").update(double=None)
        staging.look_for_doubles(locked.pk)
        recount(locked)
    return locked


def cells_of(row: ImportRow) -> list[str]:
    """A line's ten cells as texts: as pasted where something is wrong, else as read."""
    if row.raw is not None:
        return (row.raw + [""] * len(FIELDS))[: len(FIELDS)]
    day = formats.slashed(row.received_on) if row.received_on else ""
    numbers = [_plain(value) for value in (row.weight_kg, row.volume_cbm, row.price)]
    return [
        day,
        row.customer_code,
        row.tracking_number,
        row.goods_type,
        row.transport,
        *numbers,
        row.cost_mode,
        _plain(row.manual_cost),
    ]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _columns(values: list[str]) -> dict[str, str | None]:
    """The cells by the name of their column; an empty figure or day is none."""
    columns = {
        name: value if name in PLAIN else value or None
        for name, value in zip(FIELDS, values, strict=True)
    }
    columns["manual_cost"] = columns.pop("cost")
    return columns
