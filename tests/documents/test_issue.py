"""Issuing: the number, what is frozen, and what cannot be issued."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from PIL import Image

from documents.issue import CannotIssue, render_again
from documents.kinds import KINDS, sample_parties, samples
from documents.kinds.codec import BadContext
from documents.kinds.letterhead import Letterhead
from documents.models import Document, NumberCounter, Status
from documents.pictures import Picture
from documents.render.engine import EngineMissing
from documents.rendering import fulfil, on_render
from tenants.kit.models import OutboxEvent
from tenants.office import files
from tenants.office.models import AuditEvent, File
from tests.documents.papers import ISSUED_AT as NOW
from tests.documents.papers import issued
from tests.world import Cast

pytestmark = pytest.mark.django_db


def stored_stamp() -> Picture:
    drawn = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 200, 90)).save(drawn, "PNG")
    file = files.store(
        content=drawn.getvalue(),
        name="stamp.png",
        content_type="image/png",
        by=None,
        at=NOW,
    )
    return Picture(drawn.getvalue(), "image/png", str(file.id))


def with_stamp() -> Letterhead:
    return replace(samples.letterhead("ru"), stamp=stored_stamp())


def test_numbers_count_from_one_per_kind_and_year(
    in_alpha: Cast,
) -> None:
    numbers = [issued(in_alpha).number for _ in range(3)]
    act = issued(in_alpha, kind="act", context=KINDS["act"].sample("ru"))
    later = issued(in_alpha, on=date(2027, 1, 1))
    assert (numbers, act.number, later.number, later.year) == (
        [1, 2, 3],
        1,
        1,
        2027,
    )


def test_the_year_is_the_resellers_own(in_alpha: Cast) -> None:
    """At 20:00 in Greenwich on the 31st of December it is the 1st of January in Bishkek."""
    document = issued(in_alpha, at=datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    assert (document.issued_on, document.year) == (
        date(2027, 1, 1),
        2027,
    )


def test_a_number_that_was_not_used_is_given_back(
    in_alpha: Cast,
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        issued(in_alpha)
        raise RuntimeError
    assert issued(in_alpha).number == 1
    assert not NumberCounter.objects.exclude(last=1).exists()


def test_document_is_announced_and_audited_in_the_same_transaction(
    in_alpha: Cast,
) -> None:
    document = issued(in_alpha)
    event = OutboxEvent.objects.get(topic="documents.render")
    record = AuditEvent.objects.get(action="document.issue")
    assert event.payload == {"document": str(document.id)}
    assert (record.subject, record.title) == (
        f"document:{document.id}",
        "Счёт на оплату № 1",
    )
    assert document.status == Status.QUEUED and len(document.verify_code) == 22


def test_rendering_stores_the_bytes_once(in_alpha: Cast) -> None:
    document = issued(in_alpha, letterhead=with_stamp())
    for _ in range(2):
        on_render({"document": str(document.id)}, NOW)
    document.refresh_from_db()
    file = File.objects.get(id=document.file_id)
    assert (document.status, document.pages, document.sha256) == (
        Status.READY,
        1,
        file.sha256,
    )
    assert (
        files.read(file).startswith(b"%PDF-1.7")
        and File.objects.filter(content_type="application/pdf").count() == 1
    )
    assert file.name == "Счёт_на_оплату___1_2026-03-13.pdf"


def test_what_was_issued_does_not_follow_later_changes(
    in_alpha: Cast,
) -> None:
    document = issued(in_alpha)
    before = document.context
    with mock.patch.object(samples, "OWN", {"ru": None}):
        document.refresh_from_db()
    assert (
        document.context == before
        and document.letterhead["own"]["name"] == sample_parties.OWN["ru"].name
    )


def test_a_paper_that_cannot_be_made_says_why_and_can_be_made_again(
    in_alpha: Cast,
) -> None:
    document = issued(in_alpha, letterhead=with_stamp())
    with mock.patch.object(files, "read", side_effect=files.Damaged("x/y")):
        fulfil(document=document, at=NOW)
    document.refresh_from_db()
    assert (document.status, document.failed_reason) == (
        Status.FAILED,
        "Damaged: x/y",
    )
    render_again(document=document, by=in_alpha.actor(), at=NOW)
    on_render({"document": str(document.id)}, NOW)
    document.refresh_from_db()
    assert document.is_ready and document.failed_reason == ""
    with pytest.raises(CannotIssue):
        render_again(document=document, by=in_alpha.actor(), at=NOW)


def test_without_the_libraries_a_paper_waits_and_says_so(
    in_alpha: Cast,
) -> None:
    document = issued(in_alpha)
    with mock.patch(
        "documents.render.engine.engine",
        side_effect=EngineMissing("install it"),
    ):
        on_render({"document": str(document.id)}, NOW)
    document.refresh_from_db()
    assert (document.status, document.failed_reason) == (
        Status.QUEUED,
        "install it",
    )
    later = OutboxEvent.objects.get(
        topic="documents.render",
        not_before=F("created_at") + timedelta(minutes=5),
    )
    assert later.payload == {"document": str(document.id)}
    on_render(later.payload, NOW)
    document.refresh_from_db()
    assert document.is_ready and document.failed_reason == ""


def test_corrections_are_counted_and_name_what_they_correct(
    in_alpha: Cast,
) -> None:
    first = issued(in_alpha)
    again = [issued(in_alpha, corrects=first) for _ in range(2)]
    assert [(each.correction_index, each.number) for each in again] == [
        (1, 2),
        (2, 3),
    ]
    with pytest.raises(CannotIssue):
        issued(
            in_alpha,
            kind="act",
            context=KINDS["act"].sample("ru"),
            corrects=first,
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "letter"},
        {"context": KINDS["act"].sample("ru")},
        {"language": "de"},
        {"context": {}},
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_written(
    in_alpha: Cast, changes: dict[str, Any]
) -> None:
    with pytest.raises(CannotIssue):
        issued(in_alpha, **changes)
    assert not Document.objects.exists() and not NumberCounter.objects.exists()


def test_a_letterhead_with_a_picture_that_is_not_kept_is_refused(
    in_alpha: Cast,
) -> None:
    loose = replace(stored_stamp(), file="")
    with pytest.raises(BadContext):
        issued(
            in_alpha,
            letterhead=replace(samples.letterhead("ru"), stamp=loose),
        )
    assert not NumberCounter.objects.exists()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "ready"}, "document_ready_has_file"),
        ({"status": "failed"}, "document_failure_has_reason"),
        ({"status": "lost"}, "document_status"),
        ({"audience": "all"}, "document_audience"),
        ({"company_id": None}, "document_audience_has_company"),
        ({"number": 0}, "document_number_counts_from_one"),
        (
            {"correction_index": 1},
            "document_correction_counts_from_one",
        ),
        ({"number": 1}, "document_number_of_issuer"),
        ({"verify_code": "first"}, "document_verify_code"),
    ],
)
def test_the_database_refuses(in_alpha: Cast, values: dict[str, Any], constraint: str) -> None:
    Document.objects.filter(id=issued(in_alpha).id).update(verify_code="first")
    second = issued(in_alpha)
    with (
        pytest.raises(IntegrityError, match=f'"{constraint}"'),
        transaction.atomic(),
    ):
        Document.objects.filter(id=second.id).update(**values)
