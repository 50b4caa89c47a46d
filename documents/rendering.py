"""The worker's side of a paper: from the frozen data to stored bytes, once."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from jinja2 import UndefinedError

from documents import links
from documents.issue import TOPIC
from documents.kinds import KINDS
from documents.kinds.codec import BadContext, from_json
from documents.kinds.letterhead import thawed
from documents.models import Document, Status
from documents.pictures import NotAnImage, Picture
from documents.render.engine import EngineMissing, Rendered
from documents.render.fonts import FontsMissing
from documents.render.limit import TooSlow, cpu_seconds
from documents.render.paper import Correction, Paper, render
from documents.seal.keys import key_of, key_of_platform
from tenants.kit import events
from tenants.kit.outbox import announce, handles
from tenants.office import files, hearing
from tenants.office.current import current_reseller
from tenants.office.hearing import News
from tenants.office.models import File

PDF = "application/pdf"
LONGEST_RENDER = 20
OUT_OF_TRIES = "OutOfTries"
# What trying again does not mend: the paper says so and waits for `issue.render_again`.
HOPELESS = (
    BadContext,
    NotAnImage,
    UndefinedError,
    FontsMissing,
    TooSlow,
    files.Damaged,
    File.DoesNotExist,
)
LIBRARIES_AGAIN = timedelta(
    minutes=5
)  # a server without the PDF engine's libraries is looked at again; papers wait


def on_given_up(payload: Mapping[str, str], at: datetime) -> None:
    """The tries have ended: the paper says so, and its page offers to make it again."""
    document = Document.objects.select_for_update().filter(id=payload["document"]).first()
    if document is not None and document.status == Status.QUEUED:
        _note(document, Status.FAILED, OUT_OF_TRIES)
        _tell_of_failure(document, at)
        transaction.on_commit(lambda: tell(document.subject))


@handles(TOPIC, given_up=on_given_up)
def on_render(payload: Mapping[str, str], at: datetime) -> None:
    """Runs once per event, and a paper that is ready stays as it is, whatever is delivered again."""
    document = Document.objects.select_for_update().get(id=payload["document"])
    is_given_up = document.failed_reason == OUT_OF_TRIES  # and taken up again
    if document.status == Status.QUEUED or is_given_up:
        fulfil(document=document, at=at)
        transaction.on_commit(lambda: tell(document.subject))


def tell(subject: str) -> None:
    """Say to the open pages how many papers of a subject are ready."""
    states = list(Document.objects.filter(subject=subject).values_list("status", flat=True))
    left = states.count(Status.QUEUED)
    events.publish(
        topic_of(subject),
        {
            "done": len(states) - left,
            "total": len(states),
            "state": "running" if left else "done",
        },
    )


def topic_of(subject: str) -> str:
    return f"papers:{subject}"


def fulfil(*, document: Document, at: datetime) -> None:
    """Render and store, or note why not. Without the engine's libraries the paper stays in the
    queue and says so.
    """
    try:
        with cpu_seconds(LONGEST_RENDER):
            done = render(paper_of(document))
    except EngineMissing as problem:
        _note(document, Status.QUEUED, str(problem))
        announce(
            TOPIC,
            {"document": str(document.id)},
            after=LIBRARIES_AGAIN,
        )
    except HOPELESS as problem:
        _note(
            document,
            Status.FAILED,
            f"{type(problem).__name__}: {problem}",
        )
        _tell_of_failure(document, at)
    else:
        _keep(document, replace(done, content=_sealed(document, done.content, at)), at)


def _sealed(document: Document, pdf: bytes, at: datetime) -> bytes:
    """Under the seal of the firm that heads the paper, or of the reseller while its firm has no
    name; contracts of the platform under the platform's.
    """
    from documents.seal.sealing import seal

    name = document.letterhead["own"]["name"] or current_reseller().name
    is_platform_s = document.context.get("by_platform", False)
    find_key = key_of_platform if is_platform_s else key_of
    pair = find_key(name, at=at)
    return seal(pdf, pair)


def _tell_of_failure(document: Document, at: datetime) -> None:
    url = links.document(document.pk)
    hearing.tell(News("document.failed", {"title": document.title}, url=url), by=None, at=at)


def _note(document: Document, status: Status, reason: str) -> None:
    document.status = status
    document.failed_reason = reason[:500]
    document.save(update_fields=["status", "failed_reason"])


def paper_of(document: Document) -> Paper:
    """The paper as it was issued, from frozen data only."""
    return Paper(
        kind=document.kind,
        number=document.code,
        issued_on=document.issued_on,
        language=document.language,
        context=from_json(KINDS[document.kind].context, document.context),
        letterhead=thawed(document.letterhead, picture),
        verify_code=document.verify_code,
        signed=document.signed,
        correction=_correction(document),
    )


def picture(file_id: str) -> Picture:
    file = File.objects.get(id=file_id)
    return Picture(files.read(file), file.content_type, file_id)


def _correction(document: Document) -> Correction | None:
    before = document.corrects
    return Correction(before.code, before.issued_on, document.correction_index) if before else None


def _keep(document: Document, done: Rendered, at: datetime) -> None:
    file = files.store(
        content=done.content,
        name=document.file_name,
        content_type=PDF,
        by=None,
        at=at,
    )
    document.status = Status.READY
    document.file_id = file.id
    document.pages = done.pages
    document.sha256 = hashlib.sha256(done.content).hexdigest()
    document.failed_reason = ""
    document.save(
        update_fields=[
            "status",
            "file_id",
            "pages",
            "sha256",
            "failed_reason",
        ]
    )
