"""Signing by code, and entering a contract signed on paper."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies import own_terms
from companies.models import Side
from companies.signing import Scan
from tenants.kit.edge.days import BUSINESS, PAST
from tenants.kit.edge.form_fields import AsTypedField, DayField, PatternField, TextField
from tenants.kit.pdf_uploads import BadPdf, check_pdf
from tenants.kit.uploads import MAX_BYTES, BadImage, clean_image

FIRST = [(Side.RESELLER, _("we")), (Side.COMPANY, _("the company"))]
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


class ReasonForm(forms.Form):
    """Why a contract comes to nothing."""

    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TerminateForm(ReasonForm):
    """From which day a contract does not hold any more, and why."""

    on = DayField(label=_("Ends on"), window=BUSINESS, required=True)
    field_order = ["on", "reason"]


class SendForm(forms.Form):
    """Who signs first; `shown` is the hash of the text that the page showed."""

    first = forms.ChoiceField(
        label=_("Who signs first"),
        choices=FIRST,
        initial=Side.RESELLER,
    )
    shown = AsTypedField(widget=forms.HiddenInput)


class AddendumForm(forms.Form):
    """What a supplementary agreement changes, from which day, and who signs first."""

    subject = TextField(
        label=_("What changes"),
        help_text=_("The text of the agreement, a line for each point."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    works_from = DayField(label=_("Works from"), window=BUSINESS, required=True)
    first = forms.ChoiceField(
        label=_("Who signs first"),
        choices=FIRST,
        initial=Side.RESELLER,
    )


class OwnTermsForm(forms.Form):
    """The reseller's own terms of a contract; `shown` is the version that the page showed."""

    text = TextField(
        label=_("Own terms"),
        help_text=_(
            "A paragraph a line. They stand at the end of the contract, before the details of both "
            "sides, and go before its other terms."
        ),
        required=False,
        max_length=own_terms.LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    shown = forms.IntegerField(
        min_value=0,
        max_value=30_000,
        widget=forms.HiddenInput,
    )

    def clean_text(self) -> str:
        typed = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        lines = [line.rstrip() for line in typed.strip().split("\n")]
        if len(lines) > own_terms.MOST_LINES:
            most = own_terms.MOST_LINES
            raise ValidationError(_("At most %(count)s lines.") % {"count": most})
        return "\n".join(lines)


class PaperForm(forms.Form):
    """The scan leaves the form as a Scan: a PDF as it came, a picture written anew."""

    signed_on = DayField(
        label=_("Signed on"),
        window=PAST,
        required=True,
        widget=forms.DateInput(),
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
            try:
                check_pdf(content)
            except BadPdf as error:
                raise ValidationError(str(error)) from error
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
