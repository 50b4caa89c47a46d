"""The security policy of pages that libraries bring: Django's admin and the API's description."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

# Their scripts are files of ours without a nonce; their templates hold styles, and no script.
POLICY = {
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
}

Handler = Callable[[HttpRequest], HttpResponseBase]


def policy(get_response: Handler) -> Handler:
    """The same policy as on every page, but for what these pages cannot keep (FAULTS D9)."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(_prefixes()):
            vars(response)["_csp_replace"] = POLICY
        return response

    return handle


@cache
def _prefixes() -> tuple[str, ...]:
    return reverse("admin:index"), reverse("api-docs")
