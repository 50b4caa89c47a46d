"""What a load balancer asks, with and without the last slash."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("address", ["/healthz", "/healthz/"])
def test_the_process_answers_without_asking_the_database(
    db: None, browse: Any, address: str
) -> None:
    from django.db import connection

    browser = browse()
    with connection.execute_wrapper(_refuse):
        answer = browser.get(address)
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize("address", ["/readyz", "/readyz/"])
def test_ready_means_database_cache_and_schemas(db: None, browse: Any, address: str) -> None:
    answer = browse().get(address)
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": True, "cache": True, "schemas": True},
    )


def _refuse(*_: Any) -> Any:
    raise AssertionError("the database was asked")
