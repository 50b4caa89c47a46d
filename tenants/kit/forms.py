"""What forms of every app share."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tenants.kit import numbers
from tenants.kit.money import MOST_FX, MOST_MONEY

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Choice = tuple[str, str]  # value and label
Label: TypeAlias = "_StrOrPromise"  # a text, or one that is translated when it is shown


class NumberField(forms.DecimalField):
    """A number as people of the page's language type it."""

    default_error_messages = {
        "invalid": _("This is not a number."),
        "max_decimal_places": _("Too many digits after the point."),
        "max_digits": _("The number is too large."),
        "max_whole_digits": _("The number is too large."),
    }

    def __init__(
        self,
        *,
        label: Label | None = None,
        required: bool = False,
        help_text: Label = "",
        max_digits: int | None = None,
        decimal_places: int | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        unit: str = "",
    ) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(
            widget=forms.TextInput(attrs=attrs),
            label=label,
            required=required,
            help_text=help_text,
            max_digits=max_digits,
            decimal_places=decimal_places,
            min_value=min_value,
            max_value=max_value,
        )
        self.unit = unit

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # the stubs derive it from int
        if isinstance(value, str) and value.strip():
            try:
                value = numbers.plain(value)
            except numbers.NotANumber as wrong:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        return super().to_python(value)


class MoneyField(NumberField):
    """An amount above zero with two places; `data-money` groups it as it is typed."""

    def __init__(
        self,
        *,
        label: Label,
        required: bool = False,
        help_text: Label = "",
        min_value: Decimal | None = Decimal("0.01"),
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_digits=18,
            decimal_places=2,
            min_value=-MOST_MONEY if min_value is None else min_value,
            max_value=MOST_MONEY,
        )
        self.widget.attrs["data-money"] = True


class RateField(NumberField):
    """How much of the reseller's currency one unit of another is worth."""

    def __init__(self, *, label: Label) -> None:
        super().__init__(
            label=label,
            max_digits=18,
            decimal_places=6,
            min_value=0,
            max_value=MOST_FX,
        )


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of choices that a form has under a name; its `choices` depend on who asks."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} has no choices")
    return field


def keep_choice(form: forms.BaseForm, name: str, label: Label = "") -> None:
    """Offer the value in force too, when it is no longer among the choices of the field."""
    value = form.initial.get(name)
    field = choice_field(form, name)
    if value and not field.valid_value(value):
        field.choices = [*field.widget.choices, (str(value), label or str(value))]


def choices_of(form: forms.BaseForm, name: str) -> list[Choice]:
    """The choices of a field as value and label, in their order."""
    widget = choice_field(form, name).widget
    return [(str(value), str(label)) for value, label in widget.choices]
