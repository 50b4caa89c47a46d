"""The field in which the office names a person without e-mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.accounts.login_names import LONGEST
from tenants.kit.edge.form_fields import TextField


class LoginNameField(TextField):
    """`somchai` of `somchai@prcargo`; capitals make no difference."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "none"}
        super().__init__(
            label=_("Login name"),
            max_length=LONGEST,
            required=False,
            help_text=_("For a person without e-mail; empty, and we make one from the name."),
            widget=forms.TextInput(attrs=attrs),
        )

    def to_python(self, value: object) -> str:
        return super().to_python(value).lower()
