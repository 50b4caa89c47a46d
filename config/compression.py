"""Pages and answers of the API travel compressed (FAULTS H7); files and static ones are left as they are."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/problem+json")


def compressed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Django's own compression, which hides lengths from whoever guesses secrets by them (BREACH)."""
    gzip = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        content_type = response.get("Content-Type", "")
        if response.streaming or not content_type.startswith(TEXTS):
            return response
        return gzip.process_response(request, response)

    return middleware
