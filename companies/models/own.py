"""The reseller's own firm, as its papers and its brand show it."""

from __future__ import annotations

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from companies.models.requisites import Requisites

ACCENT = r"^#[0-9a-f]{6}$"


class OwnDetails(Requisites):
    """The one row of "My company": details, pictures for the papers, look of the papers. Made when
    first saved.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
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
        constraints = [
            models.CheckConstraint(name="own_details_one", condition=Q(id=1)),
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
