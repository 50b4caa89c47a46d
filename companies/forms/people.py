"""A person of a company: invited, with rights, with the right to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.forms.fields import languages, phone, text
from companies.models.requisites import Basis
from companies.right_words import WORDS, choices
from tenants.accounts.login_field import LoginNameField
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import DayField, EmailField
from tenants.permissions import IMPLIED, Permission


class RightsForm(forms.Form):
    """The rights that whoever asks may give."""

    rights = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Orders, trips and the company's details are seen by everybody."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        offered: Sequence[Permission],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["rights"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices(offered)

    def clean_rights(self) -> list[str]:
        """Nobody agrees to a price, or names one, without seeing it."""
        rights: list[str] = self.cleaned_data["rights"]
        for right, needed in IMPLIED.items():
            if right in rights and needed not in rights:
                words = _("This right needs the other: “%(right)s”.") % {"right": WORDS[needed]}
                raise forms.ValidationError(words)
        return rights


class PersonForm(RightsForm):
    """A colleague to invite; a phone or an e-mail must be there."""

    name = text(_("Full name"), 200, required=True, autocomplete="off")
    email = EmailField(label=_("E-mail"), required=False)
    login_name = LoginNameField()
    language = forms.ChoiceField(label=_("Language of the letter"), choices=languages)
    may_sign = forms.BooleanField(
        label=_("May sign for the company"),
        required=False,
        help_text=_("You know by what right: the charter, a power of attorney, the registration."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        offered: Sequence[Permission],
        region: str,
        is_office: bool,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, offered=offered, initial=initial)
        self.fields["phone"] = phone(region)
        if not is_office:
            del self.fields["may_sign"]
        self.order_fields(["name", "phone", "email", "login_name", "language", "rights"])

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if not self.errors and not values.get("phone") and not values.get("email"):
            self.add_error("phone", _("Give a phone or an e-mail."))
        return values


class AuthorityForm(forms.Form):
    """By what right a person signs for the company."""

    post = text(pgettext_lazy("job title", "Position"), 120, required=True)
    acts_under = forms.ChoiceField(
        label=_("Acts under"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
    )
    number = text(_("Number"), 60)
    on = DayField(label=_("Of the day"), window=PAST)

    def clean(self) -> dict[str, object]:
        """A power of attorney is known by its number and day."""
        values = super().clean() or {}
        if values.get("acts_under") == Basis.ATTORNEY:
            for name in ("number", "on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter number and date of the power of attorney."))
        return values
