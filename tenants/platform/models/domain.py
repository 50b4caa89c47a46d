"""The names under which resellers want to be reached."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.platform.models.reseller import Reseller


class DomainClaim(models.Model):
    """A reseller wants this host to be its own door, and shows by a record of it that it owns it.

    Two may claim one host. It is a door when it stands in `Domain`, where it can stand once.
    """

    class Outcome(models.TextChoices):
        """What the last check came to."""

        PROVEN = "proven", _("Proven")
        ABSENT = "absent", _("The record is not there yet")
        OTHER = "other", _("The record has another value")
        ELSEWHERE = "elsewhere", _("The host leads elsewhere")
        AWAY = "away", _("The name server does not answer")
        TAKEN = "taken", _("In use already")

    reseller = models.OneToOneField(Reseller, on_delete=models.PROTECT, primary_key=True)
    domain = models.CharField(max_length=253)  # ASCII, small letters
    token = models.CharField(max_length=64)  # the value that the record must have
    claimed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    seen = models.CharField(max_length=200, blank=True)  # what stood there instead
    missing_since = models.DateTimeField(null=True)  # of an open door whose record went away

    def __str__(self) -> str:
        return self.domain
