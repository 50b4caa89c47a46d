"""API errors as RFC 9457 problem+json, in the caller's language: DRF's exception handler."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from tenants.kit.problems import Problem


def problem(raised: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Unknown exceptions stay errors of the server."""
    set_rollback()
    known = _as_problem(raised)
    return None if known is None else respond(known, _headers(raised))


def respond(known: Problem, headers: dict[str, str] | None = None) -> Response:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": known.code,
        "status": known.status,
        "detail": known.detail,
    }
    if known.errors:
        body["errors"] = known.errors
    return Response(
        body,
        status=known.status,
        headers=headers,
        content_type="application/problem+json",
    )


def _as_problem(raised: Exception) -> Problem | None:
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, Http404 | exceptions.NotFound):
        return Problem(404, "not_found", _("There is no such thing here."))
    if isinstance(raised, PermissionDenied | exceptions.PermissionDenied):
        return Problem(403, "forbidden", _("You do not have the right to do this."))
    if isinstance(raised, exceptions.ValidationError):
        return Problem(
            422,
            "invalid",
            _("Some values are not right."),
            _by_field(raised.detail),
        )
    if isinstance(raised, exceptions.APIException):
        return Problem(
            raised.status_code,
            str(raised.default_code),
            str(raised.detail),
        )
    return None


def _by_field(detail: Any) -> dict[str, list[str]]:
    if not isinstance(detail, dict):
        return {"": [str(item) for item in (detail if isinstance(detail, list) else [detail])]}
    flat: dict[str, list[str]] = {}
    for field, value in detail.items():
        if isinstance(value, dict):
            flat |= {f"{field}.{inner}": texts for inner, texts in _by_field(value).items()}
        else:
            flat[str(field)] = [
                str(item) for item in (value if isinstance(value, list) else [value])
            ]
    return flat


def _headers(raised: Exception) -> dict[str, str]:
    wait = getattr(raised, "wait", None)
    return {"Retry-After": str(int(wait) + 1)} if wait else {}
