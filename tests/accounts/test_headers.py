"""Every page carries the headers, whoever brings it; what stands in Redis is data (FAULTS D9)."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from config import embedded
from config.cache import JsonSerializer

PAGES = ["/login/", "/admin/login/", "/api/v1/docs/", "/api/v1/orders", "/nowhere/", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_headers(db: None, path: str) -> None:
    answer = Client().get(path, follow=True)
    policy = answer["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert "unsafe" not in directives["script-src"] and "*" not in policy
    assert directives["object-src"] == directives["frame-ancestors"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_docs_hold_no_script_of_their_own(db: None) -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    assert page.count("<script") == page.count("<script src=") == 3


class Bomb:
    """What runs when somebody unpickles it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("/nowhere/at/all"),)


def test_what_stands_in_redis_is_never_run(db: None) -> None:
    serializer = JsonSerializer()
    with pytest.raises(ValueError):
        serializer.loads(pickle.dumps(Bomb()))
    cache.set("plain", {"a": [1, 2.5, None, "x"]})
    assert cache.get("plain") == {"a": [1, 2.5, None, "x"]}
    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]) as server:
        (key,) = server.keys("*plain")
        assert server.get(key) == b'{"a": [1, 2.5, null, "x"]}'


@pytest.mark.slow
def test_the_embedded_server_asks_for_its_password(tmp_path: Path) -> None:
    server = embedded.start_valkey(tmp_path)
    try:
        with (
            redis.Redis(port=server.port) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
        with redis.Redis.from_url(server.url) as ours:
            assert ours.ping()
        assert (tmp_path / "password").stat().st_mode & 0o077 == 0
    finally:
        server.stop()
