"""Callers of the API who hold nothing but what the API gave them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client


class Caller(Client):
    """JSON in, JSON out; the token is taken at the API's own door."""

    def call(
        self,
        method: str,
        path: str,
        data: Any = None,
        *,
        key: str = "",
        expect: int = 200,
    ) -> Any:
        answer = self.send(method, path, data, key=key)
        assert answer.status_code == expect, (
            path,
            answer.status_code,
            answer.content[:500],
        )
        if expect >= 400:
            problem = answer.json()
            assert answer["Content-Type"] == "application/problem+json"
            assert (
                problem["status"] == expect
                and problem["type"] == "about:blank"
                and problem["title"]
            )
        return answer.json() if answer["Content-Type"].endswith("json") else answer.content

    def send(self, method: str, path: str, data: Any = None, *, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        body = "" if data is None else json.dumps(data)
        return self.generic(
            method.upper(),
            f"/api/v1/{path}",
            body,
            "application/json",
            headers=headers,
        )


@pytest.fixture(autouse=True)
def _no_counting(settings: Any, tmp_path: Any) -> None:
    """Counters outlive a rolled-back test: each starts from nothing; papers lie in a folder of the
    test's own.
    """
    cache.clear()
    settings.STORAGE_DIR = tmp_path


@pytest.fixture
def enter() -> Any:
    """enter({"email": …, "password": …}) is a caller with that person's token; enter() one without."""

    def open_door(
        credentials: dict[str, str] | None = None,
        door: str = "auth/token",
    ) -> Caller:
        caller = Caller()
        if credentials:
            caller.defaults["HTTP_AUTHORIZATION"] = (
                f"Bearer {caller.call('post', door, credentials)['token']}"
            )
        return caller

    return open_door
