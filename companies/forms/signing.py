"""Signing by code, and entering a contract signed on paper."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.signing import Scan
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import DayField, PatternField
from tenants.kit.uploads import MAX_BYTES, BadImage, clean_image

SCAN_SIDE = 2400  # pixels: A4 at about 200 dpi


class CodeForm(forms.Form):
    code = PatternField(
        regex=r"^\s*\d{6}\s*$",
        label=_("Code from the e-mail"),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": "8",
            }
        ),
    )


class PaperForm(forms.Form):
    """The scan leaves the form as a Scan: a PDF as it came, a picture written anew."""

    signed_on = DayField(
        label=_("Signed on"),
        window=PAST,
        required=True,
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"data-date": "1"}),
    )
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("PDF, PNG, JPEG or WebP, up to 5 MB"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp"}),
    )

    def clean_scan(self) -> Scan:
        upload = self.cleaned_data["scan"]
        content = upload.read(MAX_BYTES + 1)
        if content.startswith(b"%PDF-") and len(content) <= MAX_BYTES:
            return Scan(content, "application/pdf", "contract.pdf")
        try:
            picture = clean_image(upload, max_side=SCAN_SIDE)
        except BadImage as error:
            raise ValidationError(str(error)) from error
        return Scan(
            picture.content,
            picture.content_type,
            f"contract.{picture.content_type.removeprefix('image/')}",
        )
