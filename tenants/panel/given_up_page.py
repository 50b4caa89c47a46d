"""The panel's page of what was given up: seen, chosen, asked once more, tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest
from tenants.panel import given_up
from tenants.panel.given_up import GivenUp

NAME = "given-up"
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    age: str
    topic: str
    reseller: str
    error: str


def words() -> dict[str, str]:
    """The page's words: Django's templates have no way of their own to ours."""
    return {
        "title": _("Given up"),
        "lead": _("Events and documents whose tries have ended. Mend the cause, then try again."),
        "none": _("Nothing was given up."),
        "since": _("Age"),
        "topic": _("Topic"),
        "reseller": _("Reseller"),
        "error": _("Error"),
        "again": _("Try again"),
        "chosen": _("Try the chosen again"),
        "all": _("Try all again"),
        "sure": _("Yes, try again"),
        "back": _("Back"),
        "choose": _("Choose"),
    }


def view(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """A list; after a press the question; after its answer the act."""
    rows = given_up.everything()
    if request.method == "POST":
        keys = _keys(request, rows)
        if "sure" in request.POST:
            return _again(request, keys)
        rows = [row for row in rows if row.key in keys]
        question = _question(len(rows))
        return _page(request, rows, context | {"question": question, "is_all": _is_all(request)})
    return _page(request, rows, context)


def _is_all(request: HttpRequest) -> bool:
    return "all" in request.POST


def _keys(request: HttpRequest, rows: list[GivenUp]) -> set[str]:
    """One by its own button, the ticked ones, or all there are."""
    if _is_all(request):
        return {row.key for row in rows}
    if one := request.POST.get("one"):
        return {one}
    return set(request.POST.getlist("key"))


def _question(count: int) -> str:
    if not count:
        return _("Nothing is chosen.")
    text = ngettext("Try %(count)s thing again?", "Try %(count)s things again?", count)
    return text % {"count": count}


def _again(request: HttpRequest, keys: set[str]) -> HttpResponse:
    by = cast("OfficeRequest", request).actor
    count = given_up.again(keys, by=by, at=clock.now())
    text = ngettext("%(count)s is tried again.", "%(count)s are tried again.", count)
    messages.success(request, text % {"count": count})
    return redirect(f"admin:{NAME}")


def _page(
    request: HttpRequest, rows: list[GivenUp], context: dict[str, object]
) -> TemplateResponse:
    """All of them are counted and tried; so many are shown at once, which is said."""
    now = timezone.now()  # the outbox lives by the real clock
    lines = [
        Line(
            row.key,
            formats.ago(row.thing.since, now),
            row.thing.topic,
            row.reseller,
            row.thing.error,
        )
        for row in rows[:SHOWN]
    ]
    left_out = len(rows) - len(lines)
    more = _("%(count)s more are not shown.") % {"count": left_out} if left_out else ""
    facts = {"lines": lines, "words": words(), "more": more, "title": _("Given up")}
    return TemplateResponse(request, "admin/given_up.html", context | facts)
