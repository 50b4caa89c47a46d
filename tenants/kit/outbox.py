"""What must happen outside the transaction: a row in it, sent by the relay, handled once.

A try is counted before the effect, so one that kills its worker ends too. A handler runs with its
row locked; its effect and `done_at` commit together, so a second delivery finds nothing to do and a
killed worker leaves the row waiting. Delivery is repeated until done, or until the tries end: then
the topic's `given_up` says so where people look, and `again` is what mends it. The rows wait by the
real clock; a handler is given the moment of business.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from structlog.contextvars import bind_contextvars, get_contextvars, unbind_contextvars

from tenants.context import RELAY, Scope, current, inside
from tenants.kit import clock
from tenants.kit.models import OutboxEvent

Payload = dict[str, Any]  # what the sender of a topic and its handler agreed on, as JSON
Handler = Callable[[Payload, datetime], None]
_handlers: dict[str, Handler] = {}
_given_up: dict[str, Handler] = {}
log = logging.getLogger(__name__)

AT_ONCE = timedelta()
EVERY_TOPIC = Q()
# A message that the broker or a killed worker lost is sent again after a minute, then after 2, 4 … 32:
# work that only waits its turn is not told over and over.
SEND_AGAIN_AFTER = timedelta(seconds=60)
LONGEST_DOUBLING = 5
MAX_ATTEMPTS = 8
TRY_LATER = timedelta(minutes=1)


class UnknownTopic(Exception):
    """Nobody handles this topic."""


class TryLater(Exception):
    """Something the effect needs is away, through no fault of the event: the try does not count."""


def handles(topic: str, *, given_up: Handler | None = None) -> Callable[[Handler], Handler]:
    """Name the one handler of a topic; `given_up` is called when the tries have ended."""

    def register(handler: Handler) -> Handler:
        _handlers[topic] = handler
        if given_up:
            _given_up[topic] = given_up
        return handler

    return register


def topics() -> frozenset[str]:
    return frozenset(_handlers)


def announce(
    topic: str,
    payload: Payload,
    *,
    to: Scope | None = None,
    after: timedelta = AT_ONCE,
    is_bulk: bool = False,
) -> UUID:
    """Leave an event in the caller's transaction, for the own scope or another (`to`). Bulk work
    comes after what a person waits for.
    """
    scope = to or current()
    now = timezone.now()
    event = OutboxEvent(
        role=scope.role,
        reseller_id=scope.reseller_id,
        topic=topic,
        payload=payload,
        created_at=now,
        not_before=now + after,
        is_bulk=is_bulk,
        request_id=str(get_contextvars().get("request", "")),
    )
    event.save(force_insert=True)
    return event.id


def hurry(topic: str, payload: Payload) -> bool:
    """Somebody waits for it: an event of the own scope that was put off comes now. False when none
    is waiting.
    """
    now = timezone.now()
    waits = OutboxEvent.objects.filter(
        role=current().role,
        topic=topic,
        payload=payload,
        done_at=None,
        not_before__gt=now,
    )
    return bool(waits.update(not_before=now))


def scope_for(event: OutboxEvent) -> Scope:
    schema = event.role if event.reseller_id else "public"
    return Scope(role=event.role, schema=schema, reseller_id=event.reseller_id)


def waiting(
    *,
    at: datetime,
    limit: int = 200,
    of: Q = EVERY_TOPIC,
) -> list[OutboxEvent]:
    """Events to send now: never sent, or sent so long ago that the message must have been lost."""
    due = OutboxEvent.objects.filter(
        of,
        Q(sent_at=None) | _lost(at),
        done_at=None,
        not_before__lte=at,
        attempts__lt=MAX_ATTEMPTS,
    )
    return list(due.order_by("is_bulk", "not_before")[:limit])


def taken(ids: list[UUID], *, at: datetime) -> list[OutboxEvent]:
    """Those of the events that still wait, locked: another relay may have sent some since they were
    read.
    """
    due = OutboxEvent.objects.filter(Q(sent_at=None) | _lost(at), id__in=ids, done_at=None)
    return list(due.select_for_update(skip_locked=True))


def on_the_way(*, at: datetime, of: Q = EVERY_TOPIC) -> int:
    """How many events were sent and are neither done nor lost."""
    sent = OutboxEvent.objects.filter(of, done_at=None, sent_at__isnull=False)
    return sent.exclude(_lost(at)).count()


def _lost(at: datetime) -> Q:
    """Sent `n` times, and silent for 2^(n-1) minutes since."""
    condition = Q(
        sends__gt=LONGEST_DOUBLING, sent_at__lt=at - SEND_AGAIN_AFTER * 2**LONGEST_DOUBLING
    )
    for sends in range(LONGEST_DOUBLING + 1):
        silence = SEND_AGAIN_AFTER * 2 ** max(sends - 1, 0)
        condition |= Q(sends=sends, sent_at__lt=at - silence)
    return condition


def mark_sent(ids: list[UUID], *, at: datetime) -> None:
    OutboxEvent.objects.filter(id__in=ids).update(sent_at=at, sends=F("sends") + 1)


def mark_unsent(ids: list[UUID]) -> None:
    """The broker did not take them."""
    OutboxEvent.objects.filter(id__in=ids, done_at=None).update(sent_at=None)


def dead() -> models.QuerySet[OutboxEvent]:
    """Events whose tries have ended, in every scope that may be seen."""
    return OutboxEvent.objects.filter(done_at=None, attempts__gte=MAX_ATTEMPTS)


def again(
    topic: str = "",
    *,
    at: datetime,
    event_id: UUID | None = None,
) -> int:
    """Give dead events of a topic, or one of them, their tries back. Returns how many."""
    with inside(RELAY):
        events = dead().filter(topic__startswith=topic)
        if event_id:
            events = events.filter(id=event_id)
        return events.update(attempts=0, sends=0, sent_at=None, not_before=at)


def handle(
    event_id: UUID,
    scope: Scope,
    *,
    at: datetime,
    as_of: datetime | None = None,
) -> bool:
    """Run an event's handler in its scope, as if it were `as_of`: by default now, as the business
    counts. False when it was done already or another worker holds it.
    """
    counted = _count_try(event_id, scope)
    if counted is None:
        return False
    bind_contextvars(topic=counted.topic, schema=scope.schema, request=counted.request_id)
    try:
        with inside(scope), transaction.atomic():
            event = _locked(event_id)
            if event is None:
                return False
            if event.topic not in _handlers:
                raise UnknownTopic(event.topic)
            _handlers[event.topic](event.payload, as_of or clock.now())
            OutboxEvent.objects.filter(id=event_id).update(
                done_at=at, payload={}
            )  # mail carries secrets
    except TryLater as problem:
        _put_off(event_id, scope, str(problem), at=at)
        return False
    except Exception as problem:
        _failed(event_id, scope, f"{type(problem).__name__}: {problem}", at=at)
        raise
    return True


def _locked(event_id: UUID) -> OutboxEvent | None:
    """The event, unless it is done or another worker holds it."""
    rows: models.QuerySet[OutboxEvent] = OutboxEvent.objects.filter(id=event_id, done_at=None)
    return rows.select_for_update(skip_locked=True).first()


def _count_try(
    event_id: UUID,
    scope: Scope,
) -> OutboxEvent | None:
    """Committed before the effect: what kills its worker over and over comes to an end. None when
    there is nothing to try.
    """
    with inside(scope), transaction.atomic():
        event = _locked(event_id)
        if event is None or event.attempts >= MAX_ATTEMPTS:
            return None
        OutboxEvent.objects.filter(id=event_id).update(attempts=F("attempts") + 1)
        return event


def _put_off(event_id: UUID, scope: Scope, error: str, *, at: datetime) -> None:
    with inside(scope):
        OutboxEvent.objects.filter(id=event_id, done_at=None).update(
            attempts=F("attempts") - 1,
            error=error[:500],
            sent_at=None,
            sends=0,
            not_before=at + TRY_LATER,
        )


def _failed(
    event_id: UUID,
    scope: Scope,
    error: str,
    *,
    at: datetime,
) -> None:
    """The next try comes after 2, 4, 8 … seconds; after the last one people hear of it."""
    with inside(scope), transaction.atomic():
        event = OutboxEvent.objects.filter(id=event_id, done_at=None).first()
        if event is None:
            return
        OutboxEvent.objects.filter(id=event_id).update(
            error=error[:500],
            sent_at=None,
            sends=0,
            not_before=at + timedelta(seconds=2**event.attempts),
        )
        if event.attempts < MAX_ATTEMPTS:
            return
        log.error(
            "given up: %s %s after %s tries: %s",
            event.topic,
            event.id,
            MAX_ATTEMPTS,
            error,
        )
        if event.topic in _given_up:
            _given_up[event.topic](event.payload, at)


def work_off(
    *,
    limit: int = 1000,
    as_of: datetime | None = None,
    leave: tuple[str, ...] = (),
) -> int:
    """Handle what waits, here and now, as if it were `as_of`: for tests and the demo. Topics in
    `leave` wait on.

    Returns how many ran.
    """
    ran = 0
    while ran < limit:
        now = timezone.now()
        with inside(RELAY):
            events = [e for e in waiting(at=now) if e.topic not in leave]
            mark_sent([e.id for e in events], at=now)
        if not events:
            break
        for event in events:
            ran += handle(event.id, scope_for(event), at=now, as_of=as_of)
            unbind_contextvars("topic", "schema", "request")
    return ran
