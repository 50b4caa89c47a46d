"""Logo, signature, stamp, and how papers look."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.models.own import ACCENT
from tenants.kit.edge.form_fields import PatternField, TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.uploads import BadImage, Cut, clean_image

MAX_SIDE = 1200  # pixels: 10 cm in print at 300 dpi


class PictureForm(forms.Form):
    """One picture, or the part of it that was chosen; it leaves the form as a CleanImage. A
    FileField: Django's ImageField would decode it unasked.
    """

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    cut = PatternField(
        r"^\d{1,4}(,\d{1,4}){3}$",
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            cut = _cut_of(str(values["cut"]))
            values["picture"] = clean_image(values["picture"], max_side=MAX_SIDE, cut=cut)
        except BadImage as error:
            self.add_error("picture", str(error))
        except ValueError:
            self.add_error("picture", _("Choose the part of the picture once more."))
        return values


def _cut_of(text: str) -> Cut | None:
    """Left, top, width and height in thousandths; nothing is the whole. Raises ValueError."""
    return Cut(*(int(number) for number in text.split(","))) if text else None


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
