"""A further bank account, checked by the rules of its owner's country."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.country_fields import BANK, details_of, faults
from companies.forms.fields import NumberLine, text
from tenants.kit.money import CURRENCIES


class BankAccountForm(forms.Form):
    """An account: currency, bank, number, codes of the bank."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    bank = text(_("Bank"), 200, required=True)
    account = NumberLine(label=_("Account"), max_length=40)
    bik = NumberLine(label=_("Bank code or SWIFT"), max_length=20, required=False)
    correspondent = NumberLine(label=_("Correspondent account"), max_length=40, required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        country: str,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(
            data,
            initial=dict(initial or {}),
        )
        self.country = country
        for name, named in details_of(country).fields.items():
            if name in BANK:
                self.fields[name].label = named.label

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        numbers = {name: str(values.get(name) or "") for name in BANK}
        for name, fault in faults(
            self.country,
            numbers,
        ).items():
            if fault.is_sure:
                self.add_error(
                    name,
                    fault.words,
                )
        return values
