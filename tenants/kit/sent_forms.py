"""Forms that a page sends by script (static/js/posting.js), each with a key of its own.

A redirect is answered in a header, so that the page stays where it is until the answer has come. The
answer repeats the key when the form is saved: only then the browser forgets its draft. The same form
with the same key again gets the first answer, and nothing is written twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.contrib.messages import ERROR
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.kit import idempotency
from tenants.kit.models import IdempotencyKey
from tenants.kit.web import Request, is_api

KEY_HEADER = "X-Form"
SAVED_HEADER = "X-Saved"
WHERE_HEADER = "X-Location"
SENT_BEFORE_HEADER = "X-Sent-Before"
KEY = re.compile(r"[0-9a-f]{32}")
NOT_COUNTED = ("csrfmiddlewaretoken", "reseller_stamp")
Handler = Callable[[Request], HttpResponseBase]


def where_in_header(get_response: Handler) -> Handler:
    """A script cannot see where a redirect leads: it is told in a header."""

    def handle(request: Request) -> HttpResponseBase:
        response = get_response(request)
        if KEY_HEADER in request.headers and 300 <= response.status_code < 400:
            answer = HttpResponse(headers={WHERE_HEADER: response.get("Location", "")})
            answer.cookies = response.cookies
            if SAVED_HEADER in response:
                answer[SAVED_HEADER] = response[SAVED_HEADER]
            return answer
        return response

    return handle


def once(get_response: Handler) -> Handler:
    """Stands before the actor's own scope is opened."""

    def handle(request: Request) -> HttpResponseBase:
        key = request.headers.get(KEY_HEADER, "")
        is_form = request.method == "POST" and not is_api(request)
        if not is_form or request.actor is None or not KEY.fullmatch(key):
            return get_response(request)
        row, is_first = idempotency.claim(
            owner=idempotency.owner_of(request.actor),
            key=f"form:{key}",
            fingerprint=_fingerprint(request),
            at=timezone.now(),
        )
        if not is_first:
            return _again(request, row, key)
        return _first(request, get_response, row, key)

    return handle


def _first(
    request: Request, get_response: Handler, row: IdempotencyKey, key: str
) -> HttpResponseBase:
    """What the form does and the note that it is done are one transaction."""
    held = IdempotencyKey.objects.filter(pk=row.pk)
    with transaction.atomic():
        response = get_response(request)
        is_saved = _is_saved(request, response)
        if is_saved:
            held.update(status=response.status_code, body=_where(response))
            response[SAVED_HEADER] = key
        elif response.status_code >= 500:
            transaction.set_rollback(True)
    if not is_saved:
        held.delete()
    return response


def _is_saved(request: Request, response: HttpResponseBase) -> bool:
    """A page that comes back, an error in a message and a page of signing in save nothing."""
    is_done = response.status_code < (300 if request.htmx else 400)
    is_page = response.status_code < 300 and not request.htmx
    asks_to_sign_in = _where(response).startswith(reverse("account_login"))
    return is_done and not is_page and not asks_to_sign_in and not _has_error(request)


def _has_error(request: HttpRequest) -> bool:
    storage = getattr(request, "_messages", None)
    return any(one.level >= ERROR for one in getattr(storage, "_queued_messages", ()))


def _where(response: HttpResponseBase) -> str:
    return str(response.get("Location") or response.get("HX-Redirect") or "")


def _again(request: Request, row: IdempotencyKey, key: str) -> HttpResponse:
    if row.status is None:
        return HttpResponse(_("This form is being saved. Wait a moment."), status=409)
    if row.fingerprint != _fingerprint(request):
        text = _("The form was saved when it was sent before, without what you changed since.")
        return HttpResponse(text, status=409, headers={SENT_BEFORE_HEADER: key})
    headers = {SAVED_HEADER: key}
    if row.body:
        headers["HX-Redirect" if request.htmx else "Location"] = row.body
    return HttpResponse(status=200 if request.htmx else 302, headers=headers)


def _fingerprint(request: HttpRequest) -> str:
    """What is sent, but for the marks of the session; of files the names and sizes speak."""
    values = [pair for pair in request.POST.lists() if pair[0] not in NOT_COUNTED]
    files = [
        (name, [(one.name, one.size) for one in uploads]) for name, uploads in request.FILES.lists()
    ]
    facts = (request.get_full_path(), sorted(values), sorted(files))
    return hashlib.sha256(repr(facts).encode()).hexdigest()
