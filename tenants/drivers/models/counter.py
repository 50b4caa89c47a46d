"""Running numbers of the pool, and how often each reseller has asked for a phone."""

from __future__ import annotations

from django.db import models


class PoolCounter(models.Model):
    """The last number of a kind within a day, shared by all resellers; only `next_pool_ref` writes
    it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "on"], name="pool_counter_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.last}"


class Lookup(models.Model):
    """Exact look-ups of phone, ИНН and licence by one role in one minute; only `find_drivers`
    writes it.
    """

    id = models.BigAutoField(primary_key=True)
    role = models.TextField()
    minute = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "minute"], name="lookup_minute")]

    def __str__(self) -> str:
        return f"{self.role} {self.count}"
