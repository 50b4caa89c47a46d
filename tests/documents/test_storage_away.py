"""The disk of the files is missing for a while, or for good (FAULTS G7)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document, Status
from tenants.kit import outbox
from tenants.kit.models import OutboxEvent
from tests.documents.papers import issued
from tests.world import Cast


def test_papers_wait_for_the_folder_and_none_fails(
    in_alpha: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.STORAGE_DIR = tmp_path / "not-mounted"
    paper = issued(in_alpha)
    for _ in range(outbox.MAX_ATTEMPTS + 2):
        OutboxEvent.objects.filter(done_at=None).update(not_before=timezone.now())
        assert outbox.work_off() == 0
    paper.refresh_from_db()
    assert paper.status == Status.QUEUED
    settings.STORAGE_DIR.mkdir()
    OutboxEvent.objects.filter(done_at=None).update(not_before=timezone.now())
    assert outbox.work_off() == 1
    paper.refresh_from_db()
    assert paper.status == Status.READY


def test_a_paper_whose_tries_have_ended_says_so_and_is_made_again(
    in_alpha: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STORAGE_DIR = tmp_path
    paper = issued(in_alpha)
    event = OutboxEvent.objects.get(done_at=None)

    def fail(payload: dict[str, Any], at: datetime) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setitem(outbox._handlers, event.topic, fail)
        for _ in range(outbox.MAX_ATTEMPTS):
            with pytest.raises(ZeroDivisionError):
                outbox.handle(event.id, in_alpha.scope, at=timezone.now())
    paper = Document.objects.get(pk=paper.pk)
    assert (paper.status, paper.failed_reason) == (Status.FAILED, "OutOfTries")
    assert outbox.again("documents.", at=timezone.now()) == 1
    assert outbox.work_off() == 1
    paper.refresh_from_db()
    assert paper.status == Status.READY
