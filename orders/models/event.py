"""What happened to an order: history page, audit and source of followers at once."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from orders.models.order import Order


class OrderEvent(models.Model):
    """One act on an order: stage before and after, who, when, with what. Rows are only ever added."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    old = models.TextField(blank=True, default="")
    new = models.TextField()
    act = models.TextField()
    by = models.UUIDField(
        null=True
    )  # Member; empty for the system and for people of other resellers
    by_name = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["order", "at"], name="order_event_history")]

    def __str__(self) -> str:
        return f"{self.act} {self.old} → {self.new}"
