"""A form sent with a token of another session: a clear answer, nothing written."""

from __future__ import annotations

from typing import Any

from tests.browser_client import Browser
from tests.world import Cast


def test_an_expired_form_says_so_and_writes_nothing(alpha: Cast, browse: Any) -> None:
    strict = Browser(enforce_csrf_checks=True)
    strict.sign_in(alpha.actor("head"))
    before = browse(alpha).get("/companies/").content.count(b"data-href")
    answer = strict.post(
        "/companies/new/",
        {"name": "Too late", "kind": "client"},
        HTTP_ACCEPT_LANGUAGE="en",
    )
    assert answer.status_code == 403
    assert b"Track" in answer.content or b"403" in answer.content
    assert browse(alpha).get("/companies/").content.count(b"data-href") == before
