"""The worker's part of long answers: the same address, asked again as the same person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from tempfile import TemporaryFile
from urllib.parse import unquote

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, QueryDict
from django.urls import resolve
from django.utils import timezone, translation

from tenants.accounts.identify import member
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit import events, formats, later
from tenants.kit.outbox import handles
from tenants.kit.web import Request
from tenants.office import files, preparing
from tenants.office.models import File, PreparedFile

NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)")
log = structlog.get_logger()


class NoAnswer(Exception):
    """The address gives no file to this person any more."""


@handles(preparing.TOPIC)
def on_prepare(payload: Mapping[str, str], at: datetime) -> None:
    """Runs once; a file that is made already stays."""
    prepared = PreparedFile.objects.select_for_update().get(pk=payload["prepared"])
    if prepared.ended_at is not None:
        return
    with inside(GATE):
        memberships = Membership.objects.select_related("user", "reseller")
        membership = memberships.filter(pk=prepared.member_id).first()
        who = member(membership) if membership else None
    file = None
    reason = ""
    with translation.override(prepared.language):
        try:
            file = _made_by(who, prepared, at)
        except (NoAnswer, Http404, PermissionDenied) as refused:
            reason = type(refused).__name__
            log.warning("prepared.failed", prepared=str(prepared.pk), reason=reason)
        preparing.finish(prepared, file=file, reason=reason, at=at)


def _made_by(
    who: Actor | None,
    prepared: PreparedFile,
    at: datetime,
) -> File:
    """Raises NoAnswer, and what the view raises."""
    shop = who.reseller if who else None
    if who is None or shop is None:
        raise NoAnswer
    topic = preparing.topic_of(prepared.pk)

    def report(done: int) -> None:
        news = {
            "state": "running",
            "done": done,
            "total": 0,
            "text": f"{done:,}",
        }
        events.publish(topic, news)

    with (
        timezone.override(shop.zone),
        formats.era(buddhist=shop.buddhist_era),
        later.in_the_worker(report),
    ):
        view, args, kwargs = resolve(prepared.path)
        answer = view(_request(who, prepared), *args, **kwargs)
        return _kept(answer, who, at)


def _request(who: Actor, prepared: PreparedFile) -> Request:
    request = Request()
    request.method = "GET"
    request.path = prepared.path
    request.path_info = prepared.path
    request.META = {"QUERY_STRING": prepared.query, "SERVER_NAME": "worker", "SERVER_PORT": "80"}
    request.GET = QueryDict(prepared.query)
    request.actor = who
    request.reseller = who.reseller
    request.LANGUAGE_CODE = prepared.language
    request.request_id = ""
    return request


def _kept(answer: HttpResponseBase, who: Actor, at: datetime) -> File:
    """The answer as a stored file, piece by piece. Raises NoAnswer."""
    if answer.status_code != 200 or not answer.has_header("Content-Disposition"):
        raise NoAnswer
    name = NAME.search(answer["Content-Disposition"])
    with TemporaryFile() as copy:
        # not closed: that ends a request, and with it the worker's connection to the database
        for piece in answer:  # type: ignore[attr-defined]
            copy.write(piece)
        return files.store(
            content=copy,
            name=unquote(name[1]) if name else "file",
            content_type=answer["Content-Type"],
            by=who,
            at=at,
        )
