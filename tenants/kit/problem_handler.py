"""API errors as RFC 9457 problem+json, in the caller's language: DRF's exception handler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from tenants.kit.cursors import BadCursor
from tenants.kit.doubts import Doubt
from tenants.kit.problems import Barred, Problem, invalid, question


def problem(raised: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Unknown exceptions stay errors of the server."""
    set_rollback()
    refusal = _as_problem(raised)
    return None if refusal is None else respond(refusal, _headers(raised))


def respond(refusal: Problem, headers: dict[str, str] | None = None) -> Response:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": refusal.code,
        "status": refusal.status,
        "detail": refusal.detail,
    }
    if refusal.errors:
        body["errors"] = refusal.errors
    if refusal.question:
        body["question"] = {"key": refusal.question.key, "text": refusal.question.text}
    return Response(
        body,
        status=refusal.status,
        headers=headers,
        content_type="application/problem+json",
    )


def _as_problem(raised: Exception) -> Problem | None:
    """What is said of an error that a call may end with; None for a fault of ours."""
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, Doubt):
        return question(raised)
    if isinstance(raised, Http404 | exceptions.NotFound):
        return Problem(404, "not_found", _("There is no such thing here."))
    if isinstance(raised, Barred):
        return Problem(403, "forbidden", str(raised))
    if isinstance(raised, PermissionDenied | exceptions.PermissionDenied):
        return Problem(403, "forbidden", _("You do not have the right to do this."))
    if isinstance(raised, BadCursor):
        return Problem(
            400,
            "bad_cursor",
            _("This list has no such page. Start from the first."),
        )
    if isinstance(raised, RequestDataTooBig):
        return Problem(413, "too_big", _("This is more than can be sent at once."))
    if isinstance(raised, exceptions.ValidationError):
        return invalid(by_field(raised.detail))
    if isinstance(raised, exceptions.Throttled):
        return Problem(raised.status_code, str(raised.default_code), _throttled(raised))
    if isinstance(raised, exceptions.APIException):
        return Problem(
            raised.status_code,
            str(raised.default_code),
            str(raised.detail),
        )
    return None


def _throttled(raised: exceptions.Throttled) -> str:
    """The library's own words are English in every language."""
    wait: float | None = getattr(raised, "wait", None)
    if not wait:
        return _("Too many requests. Wait a minute and try again.")
    seconds = int(wait) + 1
    return _("Too many requests. Try again in %(seconds)s s.") % {"seconds": seconds}


def by_field(detail: Any) -> dict[str, list[str]]:
    """DRF's errors by the whole name of each field: `stops.1.place`."""
    flat: dict[str, list[str]] = {}
    for name, texts in _named(detail, ""):
        flat.setdefault(name, []).append(texts)
    return flat


def _named(
    detail: Any,
    name: str,
) -> Iterator[tuple[str, str]]:
    if isinstance(detail, dict):
        for inner, value in detail.items():
            of_whole = name and inner == api_settings.NON_FIELD_ERRORS_KEY
            yield from _named(value, name if of_whole else f"{name}.{inner}".lstrip("."))
    elif isinstance(detail, list):
        for number, value in enumerate(detail):
            is_nested = isinstance(value, dict | list)
            yield from _named(
                value,
                f"{name}.{number}".lstrip(".") if is_nested else name,
            )
    else:
        yield name, str(detail)


def _headers(raised: Exception) -> dict[str, str]:
    wait = getattr(raised, "wait", None)
    return {"Retry-After": str(int(wait) + 1)} if wait else {}
