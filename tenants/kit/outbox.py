"""What must happen outside the transaction: a row in it, sent by the relay, handled once.

A handler runs with its row locked; its effect and `done_at` commit together, so a second delivery
finds nothing to do and a killed worker leaves the row waiting. Delivery is repeated until done.
The rows wait by the real clock; a handler is given the moment of business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from tenants.context import RELAY, Scope, current, inside
from tenants.kit import clock
from tenants.kit.models import OutboxEvent

Payload = dict[str, Any]  # what the sender of a topic and its handler agreed on, as JSON
Handler = Callable[[Payload, datetime], None]
_handlers: dict[str, Handler] = {}

AT_ONCE = timedelta()
SEND_AGAIN_AFTER = timedelta(seconds=60)  # a message the broker or a killed worker lost
MAX_ATTEMPTS = 8


class UnknownTopic(Exception):
    """Nobody handles this topic."""


def handles(topic: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _handlers[topic] = handler
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
) -> UUID:
    """Leave an event in the caller's transaction, for the own scope or another (`to`)."""
    scope = to or current()
    now = timezone.now()
    event = OutboxEvent(
        role=scope.role,
        reseller_id=scope.reseller_id,
        topic=topic,
        payload=payload,
        created_at=now,
        not_before=now + after,
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


def waiting(*, at: datetime, limit: int = 200) -> list[OutboxEvent]:
    """Events to send now: never sent, or sent so long ago that the message must have been lost."""
    stale = Q(sent_at=None) | Q(sent_at__lt=at - SEND_AGAIN_AFTER)
    due = OutboxEvent.objects.filter(
        stale,
        done_at=None,
        not_before__lte=at,
        attempts__lt=MAX_ATTEMPTS,
    )
    return list(due.order_by("not_before")[:limit])


def mark_sent(ids: list[UUID], *, at: datetime) -> None:
    OutboxEvent.objects.filter(id__in=ids).update(sent_at=at)


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
    try:
        with inside(scope), transaction.atomic():
            rows: models.QuerySet[OutboxEvent] = OutboxEvent.objects.filter(
                id=event_id, done_at=None
            )
            event = rows.select_for_update(skip_locked=True).first()
            if event is None:
                return False
            if event.topic not in _handlers:
                raise UnknownTopic(event.topic)
            _handlers[event.topic](event.payload, as_of or clock.now())
            OutboxEvent.objects.filter(id=event_id).update(
                done_at=at, payload={}
            )  # mail carries secrets
    except Exception as problem:
        _failed(
            event_id,
            scope,
            f"{type(problem).__name__}: {problem}",
            at=at,
        )
        raise
    return True


def _failed(event_id: UUID, scope: Scope, error: str, *, at: datetime) -> None:
    """Count the try; the next comes after 2, 4, 8 … seconds."""
    with inside(scope):
        tries = OutboxEvent.objects.filter(id=event_id, done_at=None)
        attempts = tries.values_list("attempts", flat=True).first() or 0
        tries.update(
            attempts=F("attempts") + 1,
            error=error[:500],
            sent_at=None,
            not_before=at + timedelta(seconds=2 ** (attempts + 1)),
        )


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
    return ran
