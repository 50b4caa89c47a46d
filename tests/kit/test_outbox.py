"""What must happen outside the transaction: announced in it, handled once, tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tenants.context import GATE, PLATFORM, RELAY, inside
from tenants.kit import outbox, relay
from tenants.kit.models import OutboxEvent
from tenants.office.models import Member
from tests.world import Cast, load

TOPIC = "test.greeting"


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    """What the handler of the test's own topic was told."""
    seen: list[Any] = []
    outbox.handles(TOPIC)(lambda payload, at: seen.append((payload, at)))
    yield seen
    outbox._handlers.pop(TOPIC, None)


def rows(**filters: Any) -> list[OutboxEvent]:
    with inside(RELAY):
        return list(OutboxEvent.objects.filter(topic=TOPIC, **filters))


def test_an_announcement_waits_for_the_relay(in_alpha: Cast, heard: list[Any]) -> None:
    announced = outbox.announce(TOPIC, {"n": 1})
    (row,) = rows()
    assert (
        row.id,
        row.role,
        row.reseller_id,
        row.sent_at,
        row.done_at,
    ) == (
        announced,
        in_alpha.info.schema,
        in_alpha.info.id,
        None,
        None,
    )
    assert heard == []


def test_a_transaction_rolled_back_leaves_nothing(in_alpha: Cast, heard: list[Any]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.announce(TOPIC, {"n": 1})
        raise RuntimeError
    assert rows() == []
    assert outbox.work_off() == 0 and heard == []


def test_event_is_handled_in_the_scope_that_announced_it(alpha: Cast, beta: Cast) -> None:
    names: list[str] = []
    outbox.handles(TOPIC)(
        lambda payload, at: names.extend(
            Member.objects.filter(role="head").values_list("email", flat=True)
        )
    )
    for cast in (beta, alpha):
        with inside(cast.scope):
            outbox.announce(TOPIC, {})
    outbox.work_off()
    outbox._handlers.pop(TOPIC)
    assert sorted(names) == ["head@alpha.test", "head@beta.test"]


def test_a_second_delivery_finds_nothing_to_do(in_alpha: Cast, heard: list[Any]) -> None:
    event = outbox.announce(TOPIC, {"n": 1})
    now = timezone.now()
    noon = datetime(2026, 3, 13, 12, tzinfo=UTC)
    assert outbox.handle(event, in_alpha.scope, at=now, as_of=noon) is True
    assert outbox.handle(event, in_alpha.scope, at=now, as_of=noon) is False
    assert heard == [({"n": 1}, noon)]
    (row,) = rows()
    assert row.done_at == now


def test_what_was_done_keeps_no_secret(in_alpha: Cast, heard: list[Any]) -> None:
    event = outbox.announce(TOPIC, {"password": "x"})
    outbox.handle(event, in_alpha.scope, at=timezone.now())
    (row,) = rows()
    assert (row.payload, row.done_at is not None) == ({}, True)


def test_nothing_is_sent_before_its_time(in_alpha: Cast, heard: list[Any]) -> None:
    outbox.announce(TOPIC, {}, after=timedelta(hours=1))
    later = timezone.now() + timedelta(hours=1)
    with inside(RELAY):
        assert outbox.waiting(at=timezone.now()) == []
        assert len(outbox.waiting(at=later)) == 1


def test_what_was_sent_and_not_done_is_sent_again_after_a_minute(
    in_alpha: Cast, heard: list[Any]
) -> None:
    event = outbox.announce(TOPIC, {})
    now = timezone.now()
    with inside(RELAY):
        outbox.mark_sent([event], at=now)
        assert outbox.waiting(at=now + timedelta(seconds=59)) == []
        assert [e.id for e in outbox.waiting(at=now + timedelta(seconds=61))] == [event]


def test_what_stays_silent_is_sent_again_later_and_later(in_alpha: Cast) -> None:
    event = outbox.announce(TOPIC, {})
    start = now = timezone.now()
    sent = []
    with inside(RELAY):
        while now < start + timedelta(hours=2):
            if outbox.waiting(at=now):
                outbox.mark_sent([event], at=now)
                sent.append(round((now - start) / timedelta(minutes=1)))
            now += timedelta(seconds=10)
    gaps = [later - earlier for earlier, later in pairwise(sent)]
    assert [round(gap / 2) * 2 for gap in gaps[1:5]] == [2, 4, 8, 16]
    assert set(gaps[5:]) == {32}


def test_what_a_person_waits_for_overtakes_bulk_work(in_alpha: Cast) -> None:
    bulk = [outbox.announce(TOPIC, {"n": n}, is_bulk=True) for n in range(3)]
    single = outbox.announce(TOPIC, {"n": 9})
    with inside(RELAY):
        assert [event.id for event in outbox.waiting(at=timezone.now())] == [single, *bulk]


def test_a_try_that_kills_its_worker_is_counted(in_alpha: Cast) -> None:
    """Counted before the effect: the ninth delivery does nothing (FAULTS G6)."""

    def die(payload: dict[str, Any], at: datetime) -> None:
        raise SystemExit

    outbox.handles(TOPIC)(die)
    event = outbox.announce(TOPIC, {})
    for _ in range(outbox.MAX_ATTEMPTS):
        with pytest.raises(SystemExit):
            outbox.handle(event, in_alpha.scope, at=timezone.now())
    assert outbox.handle(event, in_alpha.scope, at=timezone.now()) is False
    outbox._handlers.pop(TOPIC)
    assert [row.attempts for row in rows()] == [outbox.MAX_ATTEMPTS]


def test_what_needs_something_that_is_away_waits_uncounted(in_alpha: Cast) -> None:
    def wait(payload: dict[str, Any], at: datetime) -> None:
        raise outbox.TryLater("the disk is away")

    outbox.handles(TOPIC)(wait)
    event = outbox.announce(TOPIC, {})
    at = timezone.now()
    for _ in range(outbox.MAX_ATTEMPTS + 3):
        assert outbox.handle(event, in_alpha.scope, at=at) is False
    outbox._handlers.pop(TOPIC)
    (row,) = rows()
    assert (row.attempts, row.error) == (0, "the disk is away")
    assert row.not_before == at + outbox.TRY_LATER


def test_when_the_tries_end_the_topic_is_told_and_can_be_done_again(
    in_alpha: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    given_up: list[dict[str, Any]] = []
    outbox.handles(TOPIC, given_up=lambda payload, at: given_up.append(payload))(_fail)
    event = outbox.announce(TOPIC, {"n": 1})
    for _ in range(outbox.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            outbox.handle(event, in_alpha.scope, at=timezone.now())
    assert given_up == [{"n": 1}]
    assert "given up: test.greeting" in caplog.text
    seen: list[dict[str, Any]] = []
    outbox.handles(TOPIC)(lambda payload, at: seen.append(payload))
    call_command("outbox", again="test.", stdout=StringIO())
    outbox.work_off()
    outbox._handlers.pop(TOPIC)
    outbox._given_up.pop(TOPIC)
    assert seen == [{"n": 1}]


def test_a_failing_handler_comes_back_later_and_later_and_then_stops(
    in_alpha: Cast,
) -> None:
    outbox.handles(TOPIC)(_fail)
    event = outbox.announce(TOPIC, {})
    at = datetime(2026, 3, 13, tzinfo=UTC)
    waits = []
    for _ in range(outbox.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            outbox.handle(event, in_alpha.scope, at=at)
        (row,) = rows()
        waits.append((row.not_before - at).total_seconds())
    outbox._handlers.pop(TOPIC)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert (row.attempts, row.done_at, row.sent_at) == (8, None, None)
    assert row.error == "ZeroDivisionError: on purpose"
    with inside(RELAY):
        assert outbox.waiting(at=at + timedelta(days=365)) == []


def test_the_effect_of_a_handler_that_fails_is_undone(
    in_alpha: Cast,
) -> None:
    def half(payload: dict[str, Any], at: datetime) -> None:
        Member.objects.filter(role="head").update(name="Half done")
        _fail(payload, at)

    outbox.handles(TOPIC)(half)
    event = outbox.announce(TOPIC, {})
    with pytest.raises(ZeroDivisionError):
        outbox.handle(event, in_alpha.scope, at=timezone.now())
    outbox._handlers.pop(TOPIC)
    assert not Member.objects.filter(name="Half done").exists()


def test_a_topic_nobody_handles_is_an_error_that_is_kept(
    in_alpha: Cast,
) -> None:
    event = outbox.announce("test.nobody", {})
    with pytest.raises(outbox.UnknownTopic):
        outbox.handle(event, in_alpha.scope, at=timezone.now())
    with inside(RELAY):
        assert "UnknownTopic" in OutboxEvent.objects.get(id=event).error


def _fail(payload: dict[str, Any], at: datetime) -> None:
    raise ZeroDivisionError("on purpose")


# -- the wall
# -------------------------------------------------------------------------------------------------------


def test_a_reseller_reads_and_changes_its_own_only(alpha: Cast, beta: Cast) -> None:
    with inside(beta.scope):
        hidden = outbox.announce(TOPIC, {"secret": "of beta"})
    with inside(alpha.scope):
        assert not OutboxEvent.objects.filter(id=hidden).exists()
        assert OutboxEvent.objects.filter(id=hidden).update(done_at=timezone.now()) == 0


def test_a_reseller_announces_for_nobody_else(alpha: Cast, beta: Cast) -> None:
    with (
        inside(alpha.scope),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        outbox.announce(TOPIC, {}, to=beta.scope)
    assert rows() == []


def test_the_worker_handles_nothing_for_a_scope_that_did_not_announce_it(
    alpha: Cast, beta: Cast, heard: list[Any]
) -> None:
    with inside(beta.scope):
        event = outbox.announce(TOPIC, {})
    assert outbox.handle(event, alpha.scope, at=timezone.now()) is False
    assert heard == []


@pytest.mark.slow
def test_with_the_policy_off_it_could(committed: None) -> None:
    import os

    alpha = load("alpha")
    beta = load("beta")
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as db:
        db.execute("ALTER TABLE kit_outboxevent DISABLE ROW LEVEL SECURITY")
    with inside(beta.scope):
        hidden = outbox.announce(TOPIC, {"secret": "of beta"})
    with inside(alpha.scope):
        assert OutboxEvent.objects.get(id=hidden).payload == {"secret": "of beta"}
        outbox.announce(TOPIC, {}, to=beta.scope)


@pytest.mark.parametrize("scope", [GATE, PLATFORM])
def test_shared_scopes_have_outboxes_of_their_own(db: None, heard: list[Any], scope: Any) -> None:
    with inside(scope):
        outbox.announce(TOPIC, {"by": scope.role})
    assert outbox.work_off() == 1
    assert [payload for payload, _at in heard] == [{"by": scope.role}]


# -- the relay
# --------------------------------------------------------------------------------------------------------


def test_the_relay_names_event_role_and_reseller(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(
        relay.handle_event,
        "apply_async",
        lambda **kwargs: sent.append(kwargs),
    )
    event = outbox.announce("documents.test", {})
    assert relay.send_waiting(at=timezone.now()) == 1
    assert sent == [
        {
            "kwargs": {
                "event": str(event),
                "role": in_alpha.info.schema,
                "reseller": str(in_alpha.info.id),
            },
            "queue": "documents",
            "retry": False,
        }
    ]
    assert relay.send_waiting(at=timezone.now()) == 0


def test_with_the_broker_away_the_rows_wait_on(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kombu.exceptions import OperationalError

    def refuse(**_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(relay.handle_event, "apply_async", refuse)
    outbox.announce(TOPIC, {})
    with pytest.raises(OperationalError):
        relay.send_waiting(at=timezone.now())
    assert [row.sent_at for row in rows()] == [None]


def test_the_broker_is_told_after_the_marks_are_committed(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quick worker must find the rows free and marked (FAULTS G5a)."""
    in_transaction: list[bool] = []
    monkeypatch.setattr(
        relay.handle_event,
        "apply_async",
        lambda **_: in_transaction.append(connection.in_atomic_block),
    )
    with inside(load("alpha").scope):
        for number in range(5):
            outbox.announce(TOPIC, {"n": number})
    assert relay.send_waiting(at=timezone.now()) == 5
    assert in_transaction == [False] * 5


def test_of_a_thousand_papers_each_is_told_once_while_they_are_worked_off(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULTS G5: a hundred are on the way at once, the rest waits untold in its table."""
    sent: list[str] = []
    monkeypatch.setattr(
        relay.handle_event,
        "apply_async",
        lambda **kwargs: sent.append(kwargs["kwargs"]["event"]),
    )
    for number in range(1000):
        outbox.announce("documents.test", {"n": number}, is_bulk=True)
    at = timezone.now()
    for number in range(1, 1001):
        relay.send_waiting(at=at)
        if number == 500:
            urgent = str(outbox.announce("documents.test", {"urgent": True}))
        with inside(RELAY):
            OutboxEvent.objects.filter(id=sent[number - 1]).update(done_at=at)
        at += timedelta(seconds=0.5)
        assert len(sent) - number < relay.WINDOW
    assert len(sent) == len(set(sent)) == 1001
    assert sent.index(urgent) == 500 + relay.WINDOW - 1


@pytest.mark.parametrize(
    ("topic", "queue"),
    [
        ("documents.render", "documents"),
        ("mail.send", "mail"),
        ("imports.x", "imports"),
        ("x.y", "default"),
    ],
)
def test_queues_by_kind_of_work(topic: str, queue: str) -> None:
    assert relay.queue_for(topic) == queue


def test_the_task_opens_the_scope_it_was_given(in_alpha: Cast, heard: list[Any]) -> None:
    from tenants.kit.tasks import handle_event

    event = outbox.announce(TOPIC, {"n": 7})
    handle_event(
        event=str(event),
        role=in_alpha.info.schema,
        reseller=str(in_alpha.info.id),
    )
    assert [payload for payload, _at in heard] == [{"n": 7}]
    assert isinstance(event, UUID)
