"""The platform as a firm: what its contracts with resellers name, and the key that seals them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PlatformFirm(models.Model):
    """The one row that a platform manager fills in: the legal entity behind this installation."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    full_name = models.CharField(max_length=300)
    inn = models.CharField(max_length=20, blank=True, default="")
    okpo = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=60, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    bank = models.CharField(max_length=200, blank=True, default="")
    account = models.CharField(max_length=40, blank=True, default="")
    bik = models.CharField(max_length=20, blank=True, default="")
    director = models.CharField(max_length=200)
    director_post = models.CharField(max_length=120, blank=True, default="")
    acts_under = models.CharField(max_length=200, blank=True, default="")
    # What contracts ask either side for, and a platform does not have.
    country = ""
    register_status = ""
    basis_number = ""
    basis_on = None

    class Meta:
        constraints = [models.CheckConstraint(name="platform_firm_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.full_name

    def number(self, name: str) -> str:
        """A number of the firm by its name; empty where it has none of that kind."""
        return str(getattr(self, name, ""))


class PlatformSealKey(models.Model):
    """The platform's key; the private key is encrypted with the installation's secret."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    certificate = models.TextField()  # PEM
    private_key = models.TextField()  # PEM, encrypted
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="platform_seal_key_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.made_at)
