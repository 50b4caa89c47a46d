"""What the reseller adds to the contracts that are drawn up from our templates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from companies.models.contract import Contract

WITH_TERMS = (
    Contract.Kind.CLIENT,
    Contract.Kind.PARTNER,
)  # the platform's own is not ours to change


class OwnTerms(models.Model):
    """The reseller's own terms of a kind of contract in a language. Only added: the newest version is
    in use, a contract keeps the one that it was drawn up with.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Contract.Kind)
    language = models.CharField(max_length=2)
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True, default="")  # nothing takes the terms back
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)  # Member

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                name="own_terms_version",
            ),
            models.CheckConstraint(
                name="own_terms_kind",
                condition=Q(kind__in=["client", "partner"]),
            ),
            models.CheckConstraint(
                name="own_terms_version_counts",
                condition=Q(version__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}.{self.language} {self.version}"

    @property
    def subject(self) -> str:
        """How the audit trail names them."""
        return f"own:terms-{self.kind}-{self.language}"
