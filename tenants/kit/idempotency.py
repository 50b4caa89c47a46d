"""Unsafe API calls under an Idempotency-Key are done once: a repetition gets the first answer
again, for 30 days.

The key's row is written before the call, under `gate`. The call's effect and its kept answer are
one transaction: whoever is killed in between leaves neither, and the repetition does the call. A
call that was refused for what may pass (401, 409, 429, 5xx) leaves no row: it may be tried again.
Secrets of an answer are not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.actor import Actor
from tenants.kit.models import IdempotencyKey
from tenants.kit.problems import problem_answer
from tenants.kit.web import is_api

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
LONGEST_KEY = 200
GIVEN_UP = timedelta(minutes=5)  # longer than any request lives: whoever held the key was killed
PASSING = (401, 409, 429)
SECRETS = ("link", "token")


def idempotent(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands before the actor's own scope is opened."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        key = request.headers.get("Idempotency-Key")
        who = getattr(request, "actor", None)
        if key is None or who is None or request.method not in UNSAFE or not is_api(request):
            return get_response(request)
        if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
            return problem_answer(
                422,
                "bad_key",
                _("An Idempotency-Key has 1 to 200 printable characters."),
            )
        return _once(
            request,
            get_response,
            owner=owner_of(who),
            key=key,
            at=timezone.now(),
        )

    return handle


def _once(
    request: HttpRequest,
    get_response: Callable[..., HttpResponseBase],
    *,
    owner: str,
    key: str,
    at: datetime,
) -> HttpResponseBase:
    try:
        print_ = _fingerprint(request)
    except RequestDataTooBig:
        return problem_answer(
            413,
            "too_big",
            _("This is more than can be sent at once."),
        )
    row, is_first = claim(owner=owner, key=key, fingerprint=print_, at=at)
    if row.fingerprint != print_:
        return problem_answer(
            422,
            "key_reused",
            _("This Idempotency-Key belongs to another call."),
        )
    if not is_first:
        return _again(row)
    held = IdempotencyKey.objects.filter(pk=row.pk)
    with transaction.atomic():
        response = get_response(request)
        is_broken = response.status_code >= 500
        if is_broken:
            transaction.set_rollback(True)
        elif response.status_code in PASSING or response.streaming:
            held.delete()
        else:
            body = _kept(response.content)  # type: ignore[attr-defined]
            held.update(status=response.status_code, body=body)
    if is_broken:
        held.delete()
    return response


def claim(*, owner: str, key: str, fingerprint: str, at: datetime) -> tuple[IdempotencyKey, bool]:
    """The key's row, and whether this call is the one to be done. Of two at once the unique
    constraint lets one in.
    """
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                owner=owner,
                key=key,
                fingerprint=fingerprint,
                created_at=at,
            ), True
    except IntegrityError:
        held = IdempotencyKey.objects.filter(owner=owner, key=key)
        took_over = held.filter(
            status=None,
            fingerprint=fingerprint,
            created_at__lt=at - GIVEN_UP,
        ).update(created_at=at)
        return held.get(), bool(took_over)


def _again(row: IdempotencyKey) -> HttpResponse:
    if row.status is None:
        answer = problem_answer(
            409,
            "in_flight",
            _("The first call with this Idempotency-Key is still under way."),
        )
        answer["Retry-After"] = "1"
        return answer
    kind = "application/json" if row.status < 400 else "application/problem+json"
    return HttpResponse(
        row.body,
        status=row.status,
        content_type=kind,
        headers={"Idempotent-Replayed": "true"},
    )


def owner_of(who: Actor) -> str:
    return (
        f"driver:{who.driver_id}"
        if who.driver_id
        else f"member:{who.member_id}"
        if who.member_id
        else f"user:{who.user_id}"
    )


def _fingerprint(request: HttpRequest) -> str:
    """A file's bytes are not read twice: of those the length speaks."""
    is_form = (request.content_type or "").startswith("multipart/")
    body = request.headers.get("Content-Length", "").encode() if is_form else request.body
    return hashlib.sha256(
        b"\0".join(
            [
                str(request.method).encode(),
                request.get_full_path().encode(),
                body,
            ]
        )
    ).hexdigest()


def _kept(content: bytes) -> str:
    """The answer as it may lie in the database: what is shown once is not shown again."""
    text = content.decode()
    try:
        answer: object = json.loads(text or "null")
    except ValueError:
        return text
    if isinstance(answer, dict) and any(name in answer for name in SECRETS):
        return json.dumps(
            {name: None if name in SECRETS else value for name, value in answer.items()}
        )
    return text
