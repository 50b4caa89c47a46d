"""The relay: takes waiting outbox rows to the broker. Several may run; each row is locked while it
is sent.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from tenants.context import RELAY, inside
from tenants.kit.models import OutboxEvent
from tenants.kit.outbox import mark_sent, waiting
from tenants.kit.tasks import handle_event

log = logging.getLogger(__name__)
QUEUES = {
    "documents.": "documents",
    "mail.": "mail",
    "imports.": "imports",
}


def queue_for(topic: str) -> str:
    return next(
        (queue for prefix, queue in QUEUES.items() if topic.startswith(prefix)),
        "default",
    )


def send_waiting(*, at: datetime) -> int:
    """One round. Raises kombu's OperationalError when the broker is away: the rows wait on."""
    with inside(RELAY), transaction.atomic():
        due = [event.id for event in waiting(at=at)]
        events = list(OutboxEvent.objects.filter(id__in=due).select_for_update(skip_locked=True))
        mark_sent([event.id for event in events], at=at)
        for event in events:
            handle_event.apply_async(
                kwargs={
                    "event": str(event.id),
                    "role": event.role,
                    "reseller": _text(event.reseller_id),
                },
                queue=queue_for(event.topic),
                retry=False,
            )
    return len(events)


def _text(value: object) -> str | None:
    return str(value) if value else None


def run(*, every: float = 0.25) -> None:
    while True:
        try:
            sent = send_waiting(at=timezone.now())
        except (OperationalError, OSError) as problem:
            log.warning("broker away: %s", problem)
            time.sleep(1)
            continue
        if not sent:
            time.sleep(every)
