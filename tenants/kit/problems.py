"""What an API view raises to answer with a problem (RFC 9457)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from tenants.kit.doubts import Doubt


class Barred(PermissionDenied):
    """Not allowed, and the text says why."""


class Problem(Exception):
    """Answer with this status; `code` is for programs, `detail` for people, `errors` by field,
    `question` is what a doubt asks.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        errors: dict[str, list[str]] | None = None,
        question: Doubt | None = None,
    ) -> None:
        super().__init__(detail or code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or {}
        self.question = question


def question(doubt: Doubt) -> Problem:
    """Nothing was done: the same call with the question's key in `sure` does it."""
    return Problem(409, "confirmation_required", str(doubt), question=doubt)


def invalid(errors: dict[str, list[str]]) -> Problem:
    """What was sent cannot be taken; the fields are named."""
    return Problem(422, "invalid", _("Some values are not right."), errors)


def problem_answer(status: int, code: str, detail: str) -> HttpResponse:
    """A refusal as problem+json, where no call of the API has taken the request yet."""
    body = {
        "type": "about:blank",
        "title": code,
        "status": status,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
