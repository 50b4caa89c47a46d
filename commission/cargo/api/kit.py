"""What the module's API views share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from rest_framework.request import Request

from tenants.actor import Actor, ResellerInfo
from tenants.kit.problems import Problem

LIMIT = 50
MOST = 200


def actor_of(request: Request) -> Actor:
    return request._request.actor  # type: ignore[attr-defined, no-any-return]


def reseller_of(request: Request) -> ResellerInfo:
    found = actor_of(request).reseller
    if found is None:
        raise Problem(404, "not_found")
    return found


def sent(request: Request) -> dict[str, Any]:
    """A JSON object; null is an empty value."""
    if not isinstance(request.data, dict):
        raise Problem(422, "invalid", _("Send a JSON object."))
    return {name: "" if value is None else value for name, value in request.data.items()}


def checked(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise invalid({name: [str(text) for text in texts] for name, texts in form.errors.items()})
    return form.cleaned_data


def invalid(errors: dict[str, list[str]]) -> Problem:
    return Problem(422, "invalid", _("Some values are not right."), errors)


def window(request: Request) -> tuple[int, int]:
    """Offset and limit."""
    return number(request, "offset", 0, 10**7), number(request, "limit", LIMIT, MOST) or LIMIT


def number(request: Request, name: str, default: int, most: int) -> int:
    given = request.query_params.get(name, "")
    return (
        min(int(given), most)
        if given.isascii() and given.isdigit() and len(given) < 10
        else default
    )


def following(request: Request, start: int, limit: int, found: int) -> str | None:
    """The address of the next piece; None at the end."""
    after = request.query_params.copy()
    after["offset"] = str(start + limit)
    return f"{request.path}?{after.urlencode()}" if found > limit else None
