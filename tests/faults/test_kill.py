"""`kill -9` of worker and relay at random while 100 documents are made: none lost, none doubled, no
half file.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from documents.issue import issue
from documents.kinds import KINDS, samples
from documents.models import Document, Status
from tenants.context import RELAY, inside
from tenants.kit.models import OutboxEvent
from tenants.office import files
from tenants.office.models import File
from tests.faults.crew import Crew
from tests.world import Cast, load

pytestmark = pytest.mark.proof
COUNT = 100
KILLING_SECONDS = 25
PATIENCE_SECONDS = 240
NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def issue_all(cast: Cast, rng: random.Random) -> None:
    kinds = sorted(KINDS)
    for number in range(COUNT):
        kind = kinds[number % len(kinds)]
        issue(
            kind=kind,
            context=KINDS[kind].sample("ru"),
            letterhead=samples.letterhead("ru"),
            subject=f"order:{number}",
            company_id=cast.company_id("client"),
            audience="client",
            language="ru",
            by=cast.actor("head"),
            at=NOW,
        )
        if rng.random() < 0.1:
            time.sleep(0.02)


def waiting() -> int:
    return Document.objects.filter(status=Status.QUEUED).count()


def on_disk() -> list[Path]:
    return [
        path
        for path in Path(settings.STORAGE_DIR).rglob("*")
        if path.is_file() and path.suffix != ".part"
    ]


def test_killed_workers_and_relays_lose_double_and_halve_nothing(
    crew: Crew,
) -> None:
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    alpha = load("alpha")
    crew.start()
    with inside(alpha.scope):
        issue_all(alpha, rng)
        deadline = time.monotonic() + KILLING_SECONDS
        while waiting() and time.monotonic() < deadline:
            time.sleep(rng.uniform(0.3, 2.0))
            crew.kill_one(rng)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while waiting() and time.monotonic() < deadline:
            crew.tend()
            time.sleep(0.5)
        states = list(Document.objects.values_list("status", flat=True))
        print("seed", seed, "killed", crew.killed)
        assert states == [Status.READY] * COUNT, f"seed {seed}\n{crew.end_of_logs()}"
        papers = list(Document.objects.all())
        kept = {file.pk: file for file in File.objects.filter(content_type="application/pdf")}
        contents = {paper.pk: files.read(kept[paper.file_id]) for paper in papers if paper.file_id}
    assert len(kept) == COUNT == len({paper.file_id for paper in papers}), "doubled"
    assert all(
        content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
        for content in contents.values()
    )
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in on_disk()), "half a file"
    for place, kind in enumerate(sorted(KINDS)):
        issued = len(range(place, COUNT, len(KINDS)))
        numbers = sorted(paper.number for paper in papers if paper.kind == kind)
        assert numbers == list(range(1, issued + 1)), kind
    assert len(crew.killed) >= 5, "the work was over before anything was killed"
    with inside(RELAY):
        assert not OutboxEvent.objects.filter(topic="documents.render", done_at=None).exists()
