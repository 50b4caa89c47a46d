"""What names a firm on paper; the reseller's own firms and its companies have the same of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.country_fields import faults, has_field, named_numbers, numbers_of
from tenants.kit.formats import day


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
    accountant = models.CharField(max_length=200, blank=True, default="")
    register_number = models.CharField(
        max_length=60, blank=True, default=""
    )  # «ГосЛог», for Russian forwarders
    vat_payer = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def number(
        self,
        name: str,
    ) -> str:
        """A number that firms of the country have; empty where the country knows none."""
        return str(getattr(self, name) or "") if has_field(self.country, name) else ""

    @property
    def tax_facts(self) -> list[tuple[str, str]]:
        """Names and values of the numbers that offices gave the firm."""
        numbers = numbers_of(self) | {"register_on": day(self.register_on)}
        return named_numbers(
            self.country,
            numbers,
            of_bank=False,
        )

    @property
    def bank_facts(self) -> list[tuple[str, str]]:
        """Names and values of the numbers of the account and its bank."""
        return named_numbers(
            self.country,
            numbers_of(self),
            of_bank=True,
        )

    @property
    def basis(self) -> str:
        """What the signatory acts under, with number and day."""
        if not self.acts_under:
            return ""
        number = f"№ {self.basis_number}" if self.basis_number else ""
        on = day(self.basis_on) if self.basis_on else ""
        return " ".join(
            filter(
                None,
                (str(Basis(self.acts_under).label), number, on),
            )
        )

    @property
    def lacks_register(self) -> bool:
        """Whether it is Russian and has no number of the forwarders' register."""
        return self.country == "RU" and not self.register_number

    @property
    def doubts(self) -> dict[str, str]:
        """What looks mistyped in the numbers, by field."""
        by_field = faults(
            self.country,
            numbers_of(self),
        )
        return {name: fault.words for name, fault in by_field.items()}
