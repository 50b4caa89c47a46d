"""What forms of every app share."""

from django import forms


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of choices that a form has under a name; its `choices` depend on who asks."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} has no choices")
    return field


def choices_of(form: forms.BaseForm, name: str) -> list[tuple[str, str]]:
    """The choices of a field as value and label, in their order."""
    widget = choice_field(form, name).widget
    return [(str(value), str(label)) for value, label in widget.choices]
