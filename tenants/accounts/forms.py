"""Forms of the doors."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tenants.accounts import tries
from tenants.accounts.models import User
from tenants.kit.edge.form_fields import AsTypedField, TextField

LONGEST_LOGIN = 254  # as an e-mail


class SignInForm(LoginForm):
    """Login, password, and whether others use this device, too."""

    foreign = forms.BooleanField(
        label=_("This is not my device"),
        help_text=_(
            "You are signed out with the browser, after an hour without use, or in 12 hours."
        ),
        required=False,
    )

    def __init__(self, *named: object, **more: object) -> None:
        super().__init__(*named, **more)
        self.fields["login"] = TextField(
            label=_("E-mail, phone or login name"),
            max_length=LONGEST_LOGIN,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        self.order_fields(["login", "password", "foreign"])

    def user_credentials(self) -> dict[str, str]:
        return {
            "login": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }


class AskLinkForm(forms.Form):
    """Who forgot the password says who they are."""

    login = TextField(
        label=_("E-mail, phone or login name"),
        max_length=LONGEST_LOGIN,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice; the old one is asked unless it was a one-time password just used."""

    old = AsTypedField(
        label=_("Present password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = AsTypedField(
        label=_("New password"),
        help_text=_("At least 10 characters, not a common one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = AsTypedField(
        label=_("Once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        user: User,
        request: HttpRequest,
        is_by_link: bool = False,
    ) -> None:
        super().__init__(data)
        self.user = user
        self.request = request
        if user.must_change_password or is_by_link:
            del self.fields["old"]

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        try:
            current_try = tries.admit_key(self.user.door_key, self.request)
        except tries.TooManyTries as refusal:
            raise forms.ValidationError(_("Too many tries. Wait a few minutes.")) from refusal
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your present password."))
        current_try.was_right()
        return old

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError(_("Choose a password you have not had before."))
        return new

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        return data


class DriverLoginForm(forms.Form):
    phone = TextField(
        label=_("Phone"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    pin = AsTypedField(
        label="PIN",
        min_length=6,
        max_length=6,
        widget=forms.PasswordInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "pattern": "[0-9]*",
            }
        ),
    )


class ForgottenPinForm(forms.Form):
    phone = TextField(
        label=_("Phone"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class DriverEnrolForm(forms.Form):
    phone = TextField(
        label=_("Phone"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    code = TextField(
        label=_("Code from your dispatcher"),
        min_length=8,
        max_length=8,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
    )
