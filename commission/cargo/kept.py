"""Lines of imports: what was pasted, beside the parcels that came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from commission.cargo.models import ImportBatch, ImportRow, ImportState
from tenants.platform.retention import of_rows

ENDED = (ImportState.CONFIRMED, ImportState.UNDONE)


def _never_confirmed(before: datetime) -> QuerySet[ImportBatch]:
    """They go with their lines."""
    return ImportBatch.objects.filter(made_at__lt=before).exclude(state__in=ENDED)


def _lines(before: datetime) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch__made_at__lt=before, batch__state__in=ENDED)


RULES = (
    of_rows(
        "imports never confirmed",
        timedelta(days=30),
        "prices and customers have changed since",
        None,
        _never_confirmed,
    ),
    of_rows(
        "lines of imports",
        timedelta(days=400),
        "the months they came in are closed; the parcels stay, and who brought them in",
        None,
        _lines,
    ),
)
