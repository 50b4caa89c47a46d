"""What names a firm on paper; the reseller's own firms and its companies have the same of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """What gives the signatory the right to sign for the firm."""

    CHARTER = "charter", _("charter")
    ATTORNEY = "attorney", _("power of attorney")
    REGISTRATION = "registration", _("certificate of registration")


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
    legal_form = models.CharField(max_length=20, blank=True, default="", db_default="")
    kpp = models.CharField(max_length=20, blank=True, default="", db_default="")
    ogrn = models.CharField(max_length=20, blank=True, default="", db_default="")
    tax_office = models.CharField(max_length=20, blank=True, default="", db_default="")  # код ГНИ
    branch_code = models.CharField(
        max_length=10, blank=True, default="", db_default=""
    )  # Thailand: 00000 is the head office
    correspondent = models.CharField(max_length=40, blank=True, default="", db_default="")
    account_currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    director_post = models.CharField(max_length=120, blank=True, default="", db_default="")
    acts_under = models.CharField(max_length=20, blank=True, default="", db_default="")  # a Basis
    basis_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    basis_on = models.DateField(null=True)
    register_on = models.DateField(null=True)  # entered in «ГосЛог», with register_number
    register_status = models.CharField(max_length=60, blank=True, default="", db_default="")
    vat_payer = models.BooleanField(default=False)

    class Meta:
        abstract = True
