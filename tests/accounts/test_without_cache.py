"""Redis away: people log in, limits count on in PostgreSQL, no page breaks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection

from config.cache import SurvivingCache
from tenants.context import GATE, inside
from tenants.kit import limits
from tests.accounts.conftest import sign_in
from tests.world import Cast

NOWHERE = "redis://127.0.0.1:1"


@pytest.fixture(autouse=True)
def redis_away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> SurvivingCache:
    """The same cache, pointed at a port nobody listens on."""
    from tenants.kit import events

    settings.REDIS_URL = NOWHERE
    monkeypatch.setattr(events, "_client", None)
    cache = SurvivingCache(NOWHERE, {"OPTIONS": {"table": "kit_cache"}})
    monkeypatch.setattr(caches._connections, "default", cache, raising=False)  # type: ignore[attr-defined]
    return cache


def test_people_log_in_and_stay_in(alpha: Cast, person: Any, visitor: Any) -> None:
    browser = visitor()
    assert sign_in(browser, person(alpha).email).status_code == 302
    assert [
        browser.get(page).status_code for page in ("/companies/", "/documents/", "/my-company/")
    ] == [200, 200, 200]


def test_wrong_logins_are_counted(alpha: Cast, person: Any, visitor: Any) -> None:
    email = person(alpha).email
    for _ in range(5):
        sign_in(visitor(), email, "wrong")
    browser = visitor()
    assert sign_in(browser, email).status_code == 200
    assert browser.get("/companies/").status_code == 302


def test_the_api_counts_and_throttles(alpha: Cast, person: Any, visitor: Any) -> None:
    credentials = {"email": person(alpha).email, "password": "wrong"}
    tries = [
        visitor()
        .post("/api/v1/auth/token", credentials, content_type="application/json")
        .status_code
        for _ in range(6)
    ]
    assert tries == [401] * 5 + [429]


def test_a_window_is_opened_by_the_first_try_and_not_moved_by_the_next(
    db: None,
) -> None:
    assert [limits.allowed("window", limit=2, seconds=60) for _ in range(3)] == [True, True, False]
    with inside(GATE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(expires - now()) < interval '61 seconds'"
            " FROM kit_cache WHERE cache_key LIKE '%limit:window'"
        )
        assert cursor.fetchone() == (1, True)
    limits.give_back("window")
    limits.give_back("window")
    assert limits.allowed("window", limit=2, seconds=60)


def test_a_count_inside_a_reseller_s_scope_works(
    in_alpha: Cast,
) -> None:
    assert limits.allowed("of-alpha", limit=1, seconds=60)
    assert not limits.allowed("of-alpha", limit=1, seconds=60)


def test_the_cache_forgets_what_is_over(redis_away: SurvivingCache, db: None) -> None:
    redis_away.set("short", 1, timeout=-1)
    assert redis_away.get("short") is None
    with pytest.raises(ValueError, match="no counter"):
        redis_away.incr("short")


def test_a_lost_cache_is_reported_and_the_node_still_serves(alpha: Cast, visitor: Any) -> None:
    for address in ("/readyz", "/readyz/"):
        answer = visitor().get(address)
        assert answer.status_code == 200
        assert (answer.json()["database"], answer.json()["cache"]) == (True, False)
    assert "track_cache_up 0" in visitor().get("/metrics").content.decode()


def test_news_are_dropped_and_nothing_fails(in_alpha: Cast) -> None:
    from tenants.kit import events

    events.publish("orders", {"ref": "ORD-1"})


@pytest.mark.slow
def test_parallel_tries_are_all_counted(committed: None) -> None:
    """Counting under the row's lock: of twenty at once exactly five pass."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def once(_: int) -> bool:
        caches["default"] = SurvivingCache(
            NOWHERE, {"OPTIONS": {"table": "kit_cache"}}
        )  # caches belong to threads
        try:
            return limits.allowed("parallel", limit=5, seconds=60)
        finally:
            connections.close_all()

    with inside(GATE):
        limits.cache.add("limit:parallel", 0, timeout=60)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(once, range(20))) == 5
