"""Papers that could not be made, for the managers' panel."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from documents.issue import TOPIC, CannotIssue, render_again
from documents.models import Document, Status
from tenants.actor import Actor
from tenants.kit import outbox
from tenants.panel.given_up import Source, Thing, add_source


def failed() -> QuerySet[Document]:
    """Without those whose own event stands in the list already."""
    events = outbox.dead().filter(topic=TOPIC).values_list("payload__document", flat=True)
    return Document.objects.filter(status=Status.FAILED).exclude(id__in=list(events))


def count() -> int:
    return failed().count()


def find() -> list[Thing]:
    return [
        Thing(
            paper.pk,
            paper.title,
            paper.issued_at,
            paper.failed_reason,
        )
        for paper in failed().only("title", "issued_at", "failed_reason")
    ]


def again(document_id: UUID, by: Actor, at: datetime) -> bool:
    document = Document.objects.filter(id=document_id).first()
    if document is None:
        return False
    try:
        render_again(document=document, by=by, at=at)
    except CannotIssue:
        return False
    return True


def add() -> None:
    add_source(Source("paper", count, find, again))
