"""What forms of every app share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Choice = tuple[str, str]  # value and label
Label: TypeAlias = "str | _StrPromise"  # a text, or one that is translated when it is shown


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of choices that a form has under a name; its `choices` depend on who asks."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} has no choices")
    return field


def choices_of(form: forms.BaseForm, name: str) -> list[Choice]:
    """The choices of a field as value and label, in their order."""
    widget = choice_field(form, name).widget
    return [(str(value), str(label)) for value, label in widget.choices]
