"""The numbers of a firm by its country, its account, and who signs for it by what right."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.country_fields import (
    BY_COUNTRY,
    KEYS,
    VARYING,
    CountryField,
    details_of,
    faults,
    has_field,
)
from companies.forms.fields import NumberLine, countries, country_name, text
from companies.models import Basis
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import DayField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import keep_choice
from tenants.kit.money import CURRENCIES

UNSAID = ("", "—")

PROVED_BY = (Basis.ATTORNEY, Basis.REGISTRATION)  # papers with a number and a day
FORMS_LIST = "legal-forms-{}"  # the id of a country's list of legal forms


class RequisitesForm(EditForm):
    """Numbers that check themselves by the rules of the chosen country.

    What breaks a published rule is refused; a number that stands already and is left alone is not.
    """

    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    legal_form = text(_("Legal form"), 20, autocomplete="off")
    inn = NumberLine(max_length=20, required=False)
    kpp = NumberLine(max_length=20, required=False)
    ogrn = NumberLine(max_length=20, required=False)
    okpo = NumberLine(max_length=20, required=False)
    tax_office = NumberLine(max_length=20, required=False)
    branch_code = NumberLine(max_length=10, required=False)
    register_number = text("", 60)
    register_on = DayField(label="", window=PAST)
    register_status = text("", 60)
    director_post = text(_("Post of the head"), 120, help_text=_("As papers print it: director"))
    acts_under = forms.ChoiceField(
        label=_("Acts under"), choices=[UNSAID, *Basis.choices], required=False
    )
    basis_number = text(_("Number of the paper"), 60)
    basis_on = DayField(label=_("Day of the paper"), window=PAST)
    bank = text(_("Bank"), 200)
    account = NumberLine(max_length=40, required=False)
    account_currency = forms.ChoiceField(
        label=_("Currency of the account"),
        choices=[UNSAID, *((code, code) for code in CURRENCIES)],
        required=False,
    )
    bik = NumberLine(max_length=20, required=False)
    correspondent = NumberLine(max_length=40, required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(
            data,
            initial=dict(initial or {}),
        )
        keep_choice(
            self,
            "country",
            country_name(self.initial.get("country")),
        )
        self._name_fields()

    @property
    def chosen_country(self) -> str:
        """The country that is typed or stands."""
        typed = self.data.get(self.add_prefix("country")) if self.is_bound else None
        return str(self.initial.get("country") or "") if typed is None else str(typed)

    @property
    def needs_basis(self) -> bool:
        """Whether the page asks for number and day of what the signatory acts under."""
        return str(self["acts_under"].value() or "") in PROVED_BY

    def away(self, name: str) -> bool:
        """Whether firms of the chosen country have no such number."""
        return not has_field(self.chosen_country, name)

    @property
    def varying(self) -> dict[str, dict[str, dict[str, str]]]:
        """For the page: fields of each country by name, with label and help."""
        return {
            country: {name: _words_of(field) for name, field in details.fields.items()}
            for country, details in BY_COUNTRY.items()
        }

    @property
    def legal_forms(self) -> dict[str, tuple[str, ...]]:
        """For the page: usual legal forms of each country, by the id of their list."""
        return {
            FORMS_LIST.format(country): details.legal_forms
            for country, details in BY_COUNTRY.items()
        }

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        self._check_numbers(values)
        self._check_basis(values)
        return values

    def _name_fields(self) -> None:
        """Label and help of each number as the chosen country has them."""
        country = self.chosen_country
        for name in VARYING:
            named = _field_of(
                country,
                name,
            )
            self.fields[name].label = named.label
            self.fields[name].help_text = named.help_text
        listed = country if country in BY_COUNTRY else ""
        self.fields["legal_form"].widget.attrs["list"] = FORMS_LIST.format(listed)

    def _check_numbers(
        self,
        values: Mapping[str, object],
    ) -> None:
        country = str(values.get("country") or "")
        numbers = {name: str(values.get(name) or "") for name in KEYS}
        for name, fault in faults(
            country,
            numbers,
        ).items():
            if fault.is_sure and not self._stands(
                name,
                numbers,
                country,
            ):
                self.add_error(
                    name,
                    fault.words,
                )

    def _stands(
        self,
        name: str,
        numbers: Mapping[str, str],
        country: str,
    ) -> bool:
        """Whether the number, its bank and the country are as they were."""
        before = {key: str(self.initial.get(key) or "") for key in (name, "bik", "country")}
        return before == {name: numbers[name], "bik": numbers["bik"], "country": country}

    def _check_basis(
        self,
        values: Mapping[str, object],
    ) -> None:
        """A power of attorney is nothing without its number and day."""
        if values.get("acts_under") != Basis.ATTORNEY:
            return
        for name in ("basis_number", "basis_on"):
            if name not in self.errors and not values.get(name):
                self.add_error(name, _("A power of attorney needs its number and its day."))


def _field_of(
    country: str,
    name: str,
) -> CountryField:
    """The field as the country has it, or as the first country that knows it."""
    own = details_of(country).fields.get(name)
    others = (details.fields.get(name) for details in BY_COUNTRY.values())
    return own or next(field for field in others if field)


def _words_of(
    field: CountryField,
) -> dict[str, str]:
    return {"label": str(field.label), "help": str(field.help_text)}
