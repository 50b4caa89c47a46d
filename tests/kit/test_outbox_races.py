"""Two workers and one event; two relays and one row."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from tenants.context import RELAY, inside
from tenants.kit import outbox, relay
from tenants.kit.models import OutboxEvent
from tests.world import Cast, load

pytestmark = pytest.mark.slow
TOPIC = "test.race"


def in_thread(work: Any) -> Any:
    try:
        return work()
    finally:
        connections.close_all()


def announced(cast: Cast, count: int) -> list[UUID]:
    with inside(cast.scope):
        return [outbox.announce(TOPIC, {"n": n}) for n in range(count)]


def race(workers: int, events: list[UUID], cast: Cast) -> list[int]:
    """Every worker tries every event; returns which numbers the handler saw."""
    seen: list[int] = []
    gate = threading.Barrier(workers)

    def handler(payload: dict[str, Any], at: datetime) -> None:
        time.sleep(0.005)
        seen.append(payload["n"])

    def work() -> None:
        gate.wait()
        for event in events:
            outbox.handle(event, cast.scope, at=timezone.now())

    outbox.handles(TOPIC)(handler)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(in_thread, [work] * workers))
    outbox._handlers.pop(TOPIC)
    return sorted(seen)


def test_two_workers_handle_each_event_once(committed: None) -> None:
    alpha = load("alpha")
    assert race(2, announced(alpha, 20), alpha) == list(range(20))


def test_without_the_lock_both_would(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import QuerySet

    alpha = load("alpha")
    events = announced(alpha, 20)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)
    assert len(race(2, events, alpha)) > 20


def test_two_relays_send_each_row_once(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        relay.handle_event,
        "apply_async",
        lambda **kwargs: (
            time.sleep(0.001),
            sent.append(kwargs["kwargs"]["event"]),
        ),
    )
    events = announced(load("alpha"), 50)
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                in_thread,
                [lambda: relay.send_waiting(at=timezone.now())] * 2,
            )
        )
    assert sorted(sent) == sorted(map(str, events))
    with inside(RELAY):
        assert OutboxEvent.objects.filter(sent_at=None, topic=TOPIC).count() == 0


def test_a_relay_that_read_too_early_sends_nothing_twice(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has read the rows when the other one sends them, marks them and lets them go."""
    sent: list[str] = []
    monkeypatch.setattr(
        relay.handle_event,
        "apply_async",
        lambda **kwargs: sent.append(kwargs["kwargs"]["event"]),
    )
    events = announced(load("alpha"), 5)
    at = timezone.now()
    with inside(RELAY):
        read_early = outbox.waiting(at=at)
    relay.send_waiting(at=at)
    monkeypatch.setattr(relay, "waiting", lambda **_: read_early)
    relay.send_waiting(at=at)
    assert sorted(sent) == sorted(map(str, events))
