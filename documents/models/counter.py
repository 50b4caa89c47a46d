"""Running numbers of papers."""

from __future__ import annotations

from django.db import models

FIRST_ISSUER = 1  # of a reseller that issues under one name


class NumberCounter(models.Model):
    """The last number given to a kind of paper of an issuer in a year. Its row is locked while one is
    taken, so none is skipped.
    """

    id = models.BigAutoField(primary_key=True)
    issuer = models.PositiveSmallIntegerField(default=FIRST_ISSUER, db_default=FIRST_ISSUER)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "year"], name="number_counter_issuer_year"
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2999)),
                name="number_counter_year_is_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
