"""Logo, signature, stamp, and how papers look."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.models.own import ACCENT
from tenants.kit.edge.form_fields import PatternField, TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.uploads import BadImage, CleanImage, clean_image

MAX_SIDE = 1200  # pixels: 10 cm in print at 300 dpi


class PictureForm(forms.Form):
    """One picture; it leaves the form as a CleanImage. A FileField: Django's ImageField would
    decode it unasked.
    """

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_picture(self) -> CleanImage:
        try:
            return clean_image(self.cleaned_data["picture"], max_side=MAX_SIDE)
        except BadImage as error:
            raise ValidationError(str(error)) from error


class AppearanceForm(EditForm):
    accent = PatternField(
        regex=ACCENT,
        label=_("Accent colour"),
        required=False,
        empty_value="",
        strip=True,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Lines and headings of documents, and your clients' cabinet."),
    )
    footer_note = TextField(label=_("Footer note"), max_length=300, required=False)
    own_terms = TextField(
        label=_("Own terms"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A paragraph a line; they are printed on requests and contracts."),
    )

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        terms = str(values.get("own_terms") or "")
        return values | {"own_terms": terms.replace("\r\n", "\n")}
