"""Whose papers carry which codes."""

from __future__ import annotations

from django.db import models


class PaperCode(models.Model):
    """The hash of a code that is printed on a paper, and the reseller that issued it: a stranger's
    question opens one schema alone. The paper itself stands in the reseller's schema.
    """

    append_only = True

    code_hash = models.CharField(max_length=64, primary_key=True, db_index=False)
    role = models.TextField()  # the reseller's database role: row security
    reseller_id = models.UUIDField()

    def __str__(self) -> str:
        return self.code_hash
