"""What of the machinery itself goes when: events, answers of the API, sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tenants.context import GATE, RELAY
from tenants.kit import outbox
from tenants.kit.models import IdempotencyKey, OutboxEvent
from tenants.platform.retention import of_rows

MONTH = timedelta(days=30)
HALF_A_YEAR = timedelta(days=180)


def _done(before: datetime) -> QuerySet[OutboxEvent]:
    """Events whose effect stands."""
    return OutboxEvent.objects.filter(done_at__lt=before)


def _given_up(before: datetime) -> QuerySet[OutboxEvent]:
    dead = OutboxEvent.objects.filter(done_at=None, attempts__gte=outbox.MAX_ATTEMPTS)
    return dead.filter(not_before__lt=before)


def _answers(before: datetime) -> QuerySet[IdempotencyKey]:
    """Kept answers of calls and forms."""
    return IdempotencyKey.objects.filter(created_at__lt=before)


def _ended(before: datetime) -> QuerySet[Session]:
    """Sessions past their end."""
    return Session.objects.filter(expire_date__lt=before)


RULES = (
    of_rows("events done", MONTH, "their request ids help to follow a complaint", RELAY, _done),
    of_rows(
        "events given up",
        HALF_A_YEAR,
        "an operator has half a year to mend what they needed and to try them again",
        RELAY,
        _given_up,
    ),
    of_rows("answers of API calls", MONTH, "as long as a call may be repeated", RELAY, _answers),
    of_rows("sessions", timedelta(), "they have ended", GATE, _ended),
)
