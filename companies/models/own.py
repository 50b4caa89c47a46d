"""The reseller's own firms, as its papers and its brand show them."""

from __future__ import annotations

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from companies.models.requisites import Requisites

ACCENT = r"^#[0-9a-f]{6}$"
OWN_SUBJECT = "own:details"  # how the audit trail names the first firm
FIRST_FIRM = 1  # the firm that every reseller has; what names no firm of its own is its


class OwnFirm(Requisites):
    """A firm of "My company": details, pictures for the papers, look of the papers, series of
    numbers. The first one is made when first saved.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=FIRST_FIRM)
    is_main = models.BooleanField(default=True, db_default=True)
    number_prefix = models.CharField(
        max_length=5, blank=True, default="", db_default=""
    )  # of its numbers
    archived_at = models.DateTimeField(null=True)
    invoice_terms_days = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(0)]
    )
    logo_file_id = models.UUIDField(null=True)
    signature_file_id = models.UUIDField(null=True)
    stamp_file_id = models.UUIDField(null=True)
    accent = models.CharField(
        max_length=7,
        blank=True,
        default="",
        validators=[RegexValidator(ACCENT)],
    )
    footer_note = models.CharField(max_length=300, blank=True, default="")
    own_terms = models.TextField(blank=True, default="")
    details_at = models.DateTimeField(null=True)  # when the head filled the details in first
    platform_contract_signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "companies_owndetails"  # its name while a reseller had one firm
        constraints = [
            models.UniqueConstraint(
                fields=["is_main"],
                name="own_firm_one_main",
                condition=Q(is_main=True),
            ),
            models.UniqueConstraint(fields=["number_prefix"], name="own_firm_prefix"),
            models.CheckConstraint(
                name="own_firm_main_in_use",
                condition=Q(is_main=False) | Q(archived_at=None),
            ),
            models.CheckConstraint(
                name="own_details_accent",
                condition=Q(accent="") | Q(accent__regex=ACCENT),
            ),
            models.CheckConstraint(
                name="own_details_terms",
                condition=Q(invoice_terms_days__lte=365),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the audit trail names this firm."""
        return OWN_SUBJECT if self.pk == FIRST_FIRM else f"own:{self.pk}"


class TaxRegime(models.Model):
    """How an own firm is taxed from a day on, until its next regime begins."""

    id = models.BigAutoField(primary_key=True)
    firm = models.ForeignKey(OwnFirm, on_delete=models.CASCADE, related_name="regimes")
    regime = models.CharField(max_length=20)
    since = models.DateField()
    chosen_at = models.DateTimeField()
    chosen_by = models.UUIDField(null=True)  # Member

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "since"], name="tax_regime_day"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.since}"
