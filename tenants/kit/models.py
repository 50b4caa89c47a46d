"""Tables of the machinery itself, in the public schema: what must still happen, and what was
answered already.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class OutboxEvent(models.Model):
    """Something that must happen outside the transaction that decided it; sent by the relay, done
    once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    role = models.TextField()  # the scope that announced it, and in which it is handled
    reseller_id = models.UUIDField(null=True)
    topic = models.TextField()
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    sends = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_bulk = models.BooleanField(default=False, db_default=False)  # nobody waits for it
    request_id = models.TextField(default="", db_default="")  # of whoever announced it
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                name="outbox_waiting",
                condition=models.Q(done_at=None),
            ),
            models.Index(
                fields=["reseller_id", "topic"],
                name="outbox_reseller_topic",
                condition=models.Q(done_at=None),
            ),
            models.Index(
                fields=["done_at"],
                name="outbox_done",
                condition=models.Q(done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"


class IdempotencyKey(models.Model):
    """The first answer to an unsafe API call, given again when the call is repeated (kept 30 days)."""

    id = models.BigAutoField(primary_key=True)
    owner = models.TextField()  # who called: membership, driver or manager
    key = models.TextField()
    # method, path and body: the same key with another call is an error
    fingerprint = models.TextField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return self.key
