"""Answers to HEAD have no body: a server that sent one would have it read as the next answer on the
connection, perhaps another person's behind a proxy (RFC 9110, 9.3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def without_bodies(application: WSGIApplication) -> WSGIApplication:
    """The same application; what it says of a body's length stays, the body goes."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()
        return []

    return answer
