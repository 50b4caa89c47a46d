"""What of an office goes when: read news, prepared files, and files that nothing names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from tenants.context import current
from tenants.office.models import File, Notification, PreparedFile
from tenants.platform.retention import BATCH, MOST_BATCHES, Rule, of_rows

A_DAY = timedelta(days=1)
MONTH = timedelta(days=30)
HALF_A_YEAR = timedelta(days=180)


def _news(before: datetime) -> QuerySet[Notification]:
    """What was read by then, and what nobody reads any more."""
    unread = Q(read_at=None, created_at__lt=before - HALF_A_YEAR)
    return Notification.objects.filter(unread | Q(read_at__lt=before))


def _prepared(before: datetime) -> QuerySet[PreparedFile]:
    """Long answers that were asked for by then."""
    return PreparedFile.objects.filter(asked_at__lt=before)


def _count_prepared(before: datetime) -> int:
    return _prepared(before).count()


def _drop_prepared(before: datetime) -> int:
    """The row goes with its bytes; that there was such a file stays written."""
    rows = list(_prepared(before)[: BATCH * MOST_BATCHES])
    files = File.objects.filter(pk__in=[row.file_id for row in rows if row.file_id])
    for path in files.values_list("path", flat=True):
        (settings.STORAGE_DIR / path).unlink(missing_ok=True)
    PreparedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _nobodys(before: datetime) -> Iterator[Path]:
    """Files on disk that no row names: left by a killed worker, or by a transaction undone."""
    folder = settings.STORAGE_DIR / current().schema
    moment = before.timestamp()
    old = (path for path in folder.glob("*/*") if path.stat().st_mtime < moment)
    while paths := list(islice(old, BATCH)):
        names = {str(path.relative_to(settings.STORAGE_DIR)): path for path in paths}
        rows = File.objects.filter(path__in=names)
        in_use = set(rows.values_list("path", flat=True))
        yield from (names[name] for name in names.keys() - in_use)


def _count_nobodys(before: datetime) -> int:
    return sum(1 for _path in _nobodys(before))


def _drop_nobodys(before: datetime) -> int:
    paths = list(_nobodys(before))
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


RULES = (
    of_rows("news", HALF_A_YEAR, "after they were read; unread ones twice as long", None, _news),
    Rule(
        "prepared files",
        MONTH,
        "a long list can be asked for anew",
        None,
        _count_prepared,
        _drop_prepared,
    ),
    Rule(
        "files of no row",
        A_DAY,
        "a worker was killed, or what it did was undone",
        None,
        _count_nobodys,
        _drop_nobodys,
    ),
)
