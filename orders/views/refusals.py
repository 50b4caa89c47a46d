"""Refusals as people read them: under htmx a piece for #alert, else the page of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from orders.errors import Forbidden, Refused
from tenants.exchange.refusals import ExchangeRefused, NotFound
from tenants.kit.doubts import Doubt, answers_in, written
from tenants.kit.web import page

NOT_KEPT = ("csrfmiddlewaretoken", "reseller_stamp", "sure")
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Why an act was refused."""

    reason: str


def conflict(request: HttpRequest, reason: str) -> HttpResponse:
    """409 with the reason; nothing was done."""
    piece = "errors/_409.html" if request.headers.get("HX-Request") else "errors/409.html"
    return page(request, piece, ConflictPage(reason), status=409)


def sure_of(request: HttpRequest) -> frozenset[str]:
    """The questions that the form of a page answers with yes."""
    return answers_in(request.POST.get("sure", ""))


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question before an act; `sent` does it again, with the answer."""

    question: str
    url: str
    sent: Sequence[tuple[str, str]]


def question(
    request: HttpRequest,
    doubt: Doubt,
) -> HttpResponse:
    """Ask what an act wants to know; "yes" sends the same form again with the answer in it."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    sent = [*kept, ("sure", written({*sure_of(request), doubt.key}))]
    context = QuestionPage(str(doubt), request.path, sent)
    return page(request, "errors/question.html", context, status=409)


def answers_refusals(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Turn what the act of a view refuses into an answer; nothing is half done."""

    @wraps(view)
    def answered(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refused:
            raise PermissionDenied from refused
        except Doubt as doubt:
            return question(request, doubt)
        except NotFound as gone:
            raise Http404 from gone
        except (Refused, ExchangeRefused) as refused:
            return conflict(request, str(refused))

    return answered
