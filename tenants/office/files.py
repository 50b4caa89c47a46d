"""Private storage of a reseller's files: `<schema>/<2>/<random>`, never under a web root, never
rewritten.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from tenants.actor import Actor
from tenants.context import current
from tenants.kit.outbox import TryLater
from tenants.office.models import File


class Damaged(Exception):
    """The stored bytes are gone or are not those that were stored."""


class StorageAway(TryLater):
    """The folder of all files is missing, as a disk that is not mounted: papers wait for it."""


def store(
    *,
    content: bytes,
    name: str,
    content_type: str,
    by: Actor | None,
    at: datetime,
) -> File:
    """Keep bytes. They are on disk, whole, before the row that names them can commit. Raises
    StorageAway.
    """
    key = uuid4().hex
    path = f"{current().schema}/{key[:2]}/{key}"
    _write(settings.STORAGE_DIR / path, content)
    return File.objects.create(
        name=name[:255],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        stored_at=at,
        stored_by=by.member_id if by else None,
    )


def _write(target: Path, content: bytes) -> None:
    if not settings.STORAGE_DIR.is_dir():
        raise StorageAway(f"{settings.STORAGE_DIR} is not there")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.rename(target)


def read(file: File) -> bytes:
    """The bytes, checked against their hash. Raises Damaged, StorageAway."""
    if not settings.STORAGE_DIR.is_dir():
        raise StorageAway(f"{settings.STORAGE_DIR} is not there")
    try:
        content = (settings.STORAGE_DIR / file.path).read_bytes()
    except OSError as problem:
        raise Damaged(file.path) from problem
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Damaged(file.path)
    return content
