"""Error pages in the product's look; the API gets problem+json."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from tenants.context import GATE, inside
from tenants.kit.problems import Barred
from tenants.kit.web import is_api, page


def _answer(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    if is_api(request):
        body = {
            "type": "about:blank",
            "title": "error",
            "status": status,
            "detail": "",
        }
        return JsonResponse(body, status=status, content_type="application/problem+json")
    with inside(GATE):
        return page(request, f"errors/{status}.html", {"reason": reason}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception) if isinstance(exception, Barred) else ""
    return _answer(request, 403, reason)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is too old or of another session: nothing was written, the page must be
    opened anew.
    """
    with inside(GATE):
        answer = page(request, "errors/expired.html", status=403)
    answer["X-Expired"] = "1"  # static/js/posting.js
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)
