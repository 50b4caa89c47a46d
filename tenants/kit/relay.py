"""The relay: takes waiting outbox rows to the broker. Several may run; each row is locked while it
is sent.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from tenants.context import RELAY, inside
from tenants.kit import heartbeats
from tenants.kit.models import OutboxEvent
from tenants.kit.outbox import mark_sent, mark_unsent, on_the_way, taken, waiting
from tenants.kit.tasks import handle_event

log = logging.getLogger(__name__)
QUEUES = {
    "documents.": "documents",
    "mail.": "mail",
    "imports.": "imports",
}


# So many events of a queue are on the way at once: the rest waits in its table, where what a person
# waits for overtakes bulk work, and where nothing is sent twice because its turn has not come.
WINDOW = 100


def queue_for(topic: str) -> str:
    return next(
        (queue for prefix, queue in QUEUES.items() if topic.startswith(prefix)),
        "default",
    )


def send_waiting(*, at: datetime) -> int:
    """One round. Raises kombu's OperationalError when the broker is away: the rows wait on.

    The broker is told after the rows' marks are committed: a quick worker must find them free.
    """
    with inside(RELAY), transaction.atomic():
        events = [event for topics in _queues() for event in _taken(topics, at)]
        mark_sent([event.id for event in events], at=at)
    untold = [event.id for event in events]
    try:
        for event in events:
            _tell(event)
            untold.remove(event.id)
    finally:
        if untold:
            with inside(RELAY):
                mark_unsent(untold)
    return len(events)


def _queues() -> list[Q]:
    """Which topics go to each queue."""
    named = [Q(topic__startswith=prefix) for prefix in QUEUES]
    rest = Q()
    for one in named:
        rest &= ~one
    return [*named, rest]


def _taken(topics: Q, at: datetime) -> list[OutboxEvent]:
    """The next events of a queue, locked, as far as there is room on the way."""
    due = waiting(at=at, limit=WINDOW, of=topics)
    room = WINDOW - on_the_way(at=at, of=topics) if due else 0
    ids = [event.id for event in due[: max(room, 0)]]
    return taken(ids, at=at)


def _tell(event: OutboxEvent) -> None:
    handle_event.apply_async(
        kwargs={
            "event": str(event.id),
            "role": event.role,
            "reseller": _text(event.reseller_id),
        },
        queue=queue_for(event.topic),
        retry=False,
    )


def _text(value: object) -> str | None:
    return str(value) if value else None


def run(*, every: float = 0.25) -> None:
    while True:
        heartbeats.leave("relay")
        try:
            sent = send_waiting(at=timezone.now())
        except (OperationalError, OSError) as problem:
            log.warning("broker away: %s", problem)
            time.sleep(1)
            continue
        if not sent:
            time.sleep(every)
