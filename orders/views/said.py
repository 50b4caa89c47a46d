"""Refusals as people read them: under htmx a piece that lands in #alert, else the page of a
conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from orders.errors import Forbidden, Refused
from tenants.exchange.refusals import ExchangeRefused
from tenants.kit.web import page

View = Callable[..., HttpResponseBase]


def conflict(request: HttpRequest, reason: str, **more: Any) -> HttpResponse:
    """409 with the reason; nothing was done."""
    piece = "errors/_409.html" if request.headers.get("HX-Request") else "errors/409.html"
    return page(request, piece, {"reason": reason, **more}, status=409)


def answers_refusals(view: View) -> View:
    """A view of one act: what the act refuses is said, nothing half done."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refused:
            raise PermissionDenied from refused
        except (Refused, ExchangeRefused) as refused:
            return conflict(request, str(refused))

    return told
