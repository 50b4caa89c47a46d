"""Long answers as files: asked for by a page, made by the worker, told when they are ready."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenants.actor import Actor
from tenants.kit import asked_again, clock, events
from tenants.kit.outbox import announce
from tenants.kit.web import Request, go
from tenants.office import files
from tenants.office.hearing import News, tell
from tenants.office.models import File, PreparedFile

TOPIC = "office.prepare"


class NotReady(Exception):
    """The file is not made yet, or could not be made."""


def put_off(request: HttpRequest) -> HttpResponse:
    """The page of the file that will hold this answer."""
    assert isinstance(request, HttpRequest)
    who: Actor | None = getattr(request, "actor", None)
    if who is None or who.member_id is None or request.method != "GET":
        raise Http404
    if answer := asked_again.ask(request):
        return answer
    prepared = ask(
        path=request.path, query=request.META.get("QUERY_STRING", ""), by=who, at=clock.now()
    )
    return go(request, page_of(prepared.pk))


def ask(*, path: str, query: str, by: Actor, at: datetime) -> PreparedFile:
    """Leave the work to the worker; the same answer that is being made already is not made twice."""
    with transaction.atomic():
        waiting = PreparedFile.objects.filter(
            member_id=by.member_id,
            path=path,
            query=query,
            ended_at=None,
        ).first()
        if waiting is not None:
            return waiting
        prepared = PreparedFile.objects.create(
            member_id=by.member_id,
            path=path,
            query=query,
            language=get_language() or "ru",
            asked_at=at,
        )
        announce(TOPIC, {"prepared": str(prepared.pk)}, is_bulk=True)
    return prepared


def finish(prepared: PreparedFile, *, file: File | None, reason: str, at: datetime) -> None:
    """Keep the outcome and tell the person."""
    prepared.file_id = file.pk if file else None
    prepared.failed_reason = reason
    prepared.ended_at = at
    prepared.save(update_fields=["file_id", "failed_reason", "ended_at"])
    text = file.name + ": " + _("ready") if file else _("The file could not be made.")
    news = News(
        "file.ready" if file else "file.failed",
        {"file": file.name if file else ""},
        url=page_of(prepared.pk),
        person=prepared.member_id,
    )
    tell(news, by=None, at=at)
    report = {"state": "done" if file else "failed", "done": 0, "total": 0, "text": text}
    events.publish(topic_of(prepared.pk), report | {"url": page_of(prepared.pk)})


def topic_of(prepared_id: UUID) -> str:
    return f"prepared:{prepared_id}"


def page_of(prepared_id: UUID) -> str:
    return reverse("office:prepared", args=[prepared_id])


def prepared_for(request: Request, prepared_id: UUID) -> PreparedFile:
    """The person's own. Raises 404."""
    who = request.actor
    rows = PreparedFile.objects.filter(pk=prepared_id)
    prepared = rows.filter(member_id=who.member_id).first() if who and who.member_id else None
    if prepared is None:
        raise Http404
    return prepared


def download(prepared: PreparedFile) -> FileResponse:
    """The kept answer, sent piece by piece. Raises NotReady."""
    if prepared.file_id is None:
        raise NotReady
    file = File.objects.get(pk=prepared.file_id)
    name = quote(file.name)
    handle = files.handle_of(file)
    answer = FileResponse(handle, content_type=file.content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
