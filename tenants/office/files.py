"""Private storage of a reseller's files: `<schema>/<2>/<random>`, never under a web root, never
rewritten.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from tenants.actor import Actor
from tenants.context import current
from tenants.kit.outbox import TryLater
from tenants.office.models import File

PIECE = 1024 * 1024


class Damaged(Exception):
    """The stored bytes are gone or are not those that were stored."""


class StorageAway(TryLater):
    """The folder of all files is missing, as a disk that is not mounted: papers wait for it."""


def store(
    *,
    content: bytes | IO[bytes],
    name: str,
    content_type: str,
    by: Actor | None,
    at: datetime,
) -> File:
    """Keep bytes, or those of a file piece by piece. They are on disk, whole, before the row that
    names them can commit. Raises StorageAway.
    """
    key = uuid4().hex
    path = f"{current().schema}/{key[:2]}/{key}"
    file = BytesIO(content) if isinstance(content, bytes) else content
    size, sha256 = _write(settings.STORAGE_DIR / path, file)
    return File.objects.create(
        name=name[:255],
        content_type=content_type,
        size=size,
        sha256=sha256,
        path=path,
        stored_at=at,
        stored_by=by.member_id if by else None,
    )


def _write(target: Path, file: IO[bytes]) -> tuple[int, str]:
    """Returns size and SHA-256 of what was written. Raises StorageAway."""
    if not settings.STORAGE_DIR.is_dir():
        raise StorageAway(f"{settings.STORAGE_DIR} is not there")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    digest = hashlib.sha256()
    size = 0
    file.seek(0)
    with unfinished.open("wb") as handle:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            handle.write(piece)
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.rename(target)
    return size, digest.hexdigest()


def handle_of(file: File) -> BufferedReader:
    """The stored bytes, to be sent as they are; whoever takes it closes it. Raises Damaged."""
    try:
        return (settings.STORAGE_DIR / file.path).open("rb")
    except OSError as problem:
        raise Damaged(file.path) from problem


@contextmanager
def opened(file: File) -> Iterator[IO[bytes]]:
    """The stored file, checked against its hash piece by piece, at its beginning. Raises Damaged."""
    with handle_of(file) as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != file.sha256:
            raise Damaged(file.path)
        handle.seek(0)
        yield handle


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
