"""Which schemas exist, how far each is migrated, and the SQL that brings one further."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SchemaSlot(models.Model):
    """One reseller schema: being built, spare, or claimed. Claiming is one UPDATE."""

    class State(models.TextChoices):
        TEMPLATE = "template"
        SPARE = "spare"
        CLAIMED = "claimed"

    name = models.CharField(max_length=10, primary_key=True, db_index=False)
    state = models.TextField(choices=State)
    applied = ArrayField(
        models.TextField(), default=list
    )  # "app.0001_initial", in the order applied
    reseller = models.OneToOneField(
        "platform.Reseller",
        on_delete=models.PROTECT,
        null=True,
        related_name="slot",
    )
    built_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["built_at"],
                name="slot_spares",
                condition=models.Q(state="spare"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="slot_claimed_by_one",
                condition=models.Q(state="claimed") ^ models.Q(reseller=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MigrationStep(models.Model):
    """A tenant migration rendered once; empty SQL with `python` set means it runs as code in each
    schema.
    """

    name = models.TextField(primary_key=True)
    sql = models.TextField(blank=True)
    python = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
