"""A form writes only what it shows: which of its values a person has really changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django import forms

from tenants.kit.edit_forms import WAS, EditForm

Values = dict[str, Any]
Value = TypeVar("Value")
BOXES = (forms.CheckboxInput, forms.CheckboxSelectMultiple)


def changed_values(form: forms.BaseForm, *, unseen: Collection[str] = ()) -> Values:
    """The cleaned values that differ from what the form showed, of a form that is valid.

    A browser leaves an unticked box out, so a missing box counts as unticked. That does not hold
    for the boxes in `unseen`, which the page did not show.
    """
    return {
        name: form.cleaned_data[name]
        for name in form.fields
        if name != WAS
        and name in form.cleaned_data
        and _was_sent(form, name, unseen)
        and _differs(form, name)
    }


def _was_sent(form: forms.BaseForm, name: str, unseen: Collection[str]) -> bool:
    if form.add_prefix(name) in form.data:
        return True
    return isinstance(form.fields[name].widget, BOXES) and name not in unseen


def _differs(form: forms.BaseForm, name: str) -> bool:
    if isinstance(form, EditForm) and form.touched is not None:
        return name in form.touched
    bound = form[name]
    shown = bound.initial
    sent = bound.data
    # a browser sends "\r\n" where the text has "\n"
    if isinstance(shown, str) and isinstance(sent, str) and _lines(shown) == _lines(sent):
        return False
    return form.fields[name].has_changed(shown, sent)


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def without_same(values: Mapping[str, Value], row: object) -> dict[str, Value]:
    """Those of the values that the row does not hold yet."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}
