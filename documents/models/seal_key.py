"""The key that seals a reseller's papers."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class SealKey(models.Model):
    """A firm's key with its certificate; the private key is encrypted with the installation's
    secret. One of a name is in use; older ones stay, so that their seals are known.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=300)  # whose papers it seals, as they are headed
    certificate = models.TextField()  # PEM
    private_key = models.TextField()  # PEM, encrypted
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "retired_at"],
                name="seal_key_in_use",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name
