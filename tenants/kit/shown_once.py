"""What is shown once, as a link that lets somebody in: on the page after the redirect, which may be
reloaded for ten minutes.

It lies signed in the browser of whoever made it, for that page alone, and nowhere on the server: there
only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from tenants.kit.web import OfficeRequest, go

COOKIE = "shown_once"
LIFE = 600  # seconds
_SALT = "shown-once"


def go_and_show(request: OfficeRequest, url: str, facts: Mapping[str, str]) -> HttpResponse:
    """A redirect to the page that shows these facts."""
    response = go(request, url)
    sealed = {**facts, "by": str(request.actor.member_id), "at": url}
    response.set_cookie(
        COOKIE,
        signing.dumps(sealed, salt=_SALT, compress=True),
        max_age=LIFE,
        path=url,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def shown(request: OfficeRequest) -> dict[str, str]:
    """The facts that this page shows to this person; empty when the time is over."""
    facts = _unsealed(request)
    is_theirs = facts.pop("by", None) == str(request.actor.member_id)
    is_of_page = facts.pop("at", None) == request.path
    return facts if is_theirs and is_of_page else {}


def _unsealed(request: HttpRequest) -> dict[str, str]:
    try:
        facts: dict[str, str] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFE
        )
    except signing.BadSignature:
        return {}
    return facts
