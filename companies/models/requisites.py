"""What names a firm on paper; the reseller and its companies have the same of it."""

from __future__ import annotations

from django.db import models


class Requisites(models.Model):
    """Legal name, tax numbers, address, bank. Numbers are kept as typed, without spaces; see
    identifiers.py.
    """

    name = models.CharField(max_length=200)
    full_name = models.CharField(max_length=300, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    inn = models.CharField(
        max_length=20, blank=True, default=""
    )  # the tax number, whatever the country calls it
    okpo = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=128, blank=True, default="")  # as the edge writes it
    email = models.EmailField(blank=True, default="")
    bank = models.CharField(max_length=200, blank=True, default="")
    account = models.CharField(max_length=40, blank=True, default="")
    bik = models.CharField(max_length=20, blank=True, default="")
    director = models.CharField(max_length=200, blank=True, default="")
    vat_payer = models.BooleanField(default=False)

    class Meta:
        abstract = True
