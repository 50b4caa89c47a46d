"""Answers for the queue of a driver's phone: an entry leaves the phone on its receipt alone.

The phone names the entry in a header; every answer to it is JSON and repeats the id. An answer
without the id (a login page, a proxy's error) is no receipt: the phone keeps the entry.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    JsonResponse,
)
from django.utils.translation import gettext as _

from orders.errors import Refused
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit.web import RECEIPT_HEADER, Request, uuid_of

DRIVER_HEADER = "X-Driver"  # whose queue it is
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def entry_of(request: HttpRequest) -> UUID | None:
    """The entry of a phone's queue that a call brings; None for a form of a page."""
    return uuid_of(request.headers.get(RECEIPT_HEADER))


def answers_phone(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Give the phone a receipt for what was done, and words for what was refused."""

    @wraps(view)
    def answered(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        entry = entry_of(request)
        if entry is None:
            return view(request, *args, **kwargs)
        if not _is_own_queue(request):
            raise PermissionDenied  # no receipt: the entry waits for its own driver
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return _receipt(entry, 404, {"why": _("This trip is no longer yours.")})
        except (Refused, ExchangeRefused) as refused:
            return _receipt(entry, 409, {"why": str(refused)})
        if isinstance(response, JsonResponse):
            return _receipt(entry, response.status_code, json.loads(response.content))
        return _receipt(entry, 200, {})

    return answered


def _is_own_queue(request: HttpRequest) -> bool:
    """Whether the queue is that of the driver who is signed in: two may share a phone."""
    driver_id = request.headers.get(DRIVER_HEADER)
    actor = cast("Request", request).actor
    return driver_id is None or (actor is not None and driver_id == str(actor.driver_id))


def _receipt(entry: UUID, status: int, facts: dict[str, object]) -> JsonResponse:
    return JsonResponse({"receipt": str(entry), **facts}, status=status)
