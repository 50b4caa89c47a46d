"""Forms of rows that others may change while the form is open.

The page sends back what it showed (`was`). What a person left alone stays as it is now; what two
people changed is said at the field, and whoever wants it so sends the form again.
"""

from __future__ import annotations

import json
from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from tenants.kit.edge.form_fields import AsTypedField
from tenants.kit.forms import choices_of

WAS = "was"
LONGEST = 50_000
Shown = str | bool | list[str]


class EditForm(forms.Form):
    """A form that may be opened with the values of a row: then `of_row` is called."""

    touched: frozenset[str] | None = None  # what the person changed; None while it is not known

    def of_row(self) -> Self:
        """The same form, which knows from now on what it showed."""
        self.fields[WAS] = AsTypedField(
            required=False, strip=False, max_length=LONGEST, widget=forms.HiddenInput
        )
        return self

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> object:
        if field_name == WAS:
            return _written(self._standing())
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, object]:
        """What the person left alone is what stands now."""
        values = super().clean() or {}
        shown = _shown_in(str(values.pop(WAS, "")))
        if not shown:
            return values
        fields = [name for name in shown if name in values]
        self.touched = frozenset(
            name
            for name in values
            if name not in shown or values[name] != self._cleaned(name, shown[name])
        )
        standing = self._standing()
        others = [name for name in fields if standing.get(name, shown[name]) != shown[name]]
        for name in others:
            self._meet(name, values, standing[name])
        if others:
            self._show(shown | {name: standing[name] for name in others})
        return values

    def _meet(self, name: str, values: dict[str, object], stands: Shown) -> None:
        """Somebody else has changed this field since the page was opened."""
        now = self._cleaned(name, stands)
        if name not in (self.touched or ()):
            values[name] = now
            self._put(name, stands)
        elif values[name] != now:
            text = _("Somebody has changed this meanwhile. Now it is: %(value)s")
            self.add_error(name, text % {"value": self._words(name, stands)})

    def _standing(self) -> dict[str, Shown]:
        """The values of the row as texts."""
        return {
            name: _as_text(field.prepare_value(self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name != WAS
        }

    def _cleaned(self, name: str, shown: Shown) -> object:
        """What a field makes of a text; the text itself where it makes nothing of it."""
        try:
            return self.fields[name].clean(shown)
        except ValidationError:
            return shown

    def _words(self, name: str, stands: Shown) -> str:
        """The value as people read it."""
        if isinstance(self.fields[name], forms.ChoiceField):
            return dict(choices_of(self, name)).get(str(stands), str(stands))
        if isinstance(stands, bool):
            return "✓" if stands else "—"
        return str(stands) or "—"

    def _show(self, shown: dict[str, Shown]) -> None:
        """A form that comes back knows what stands now."""
        self._put(WAS, _written(shown))

    def _put(self, name: str, value: Shown) -> None:
        """Show another value in the form, should it come back."""
        if not isinstance(self.data, QueryDict):
            return
        data = self.data.copy()
        if isinstance(value, bool):
            data.setlist(self.add_prefix(name), ["on"] if value else [])
        else:
            data.setlist(self.add_prefix(name), value if isinstance(value, list) else [value])
        self.data = data


def _written(shown: dict[str, Shown]) -> str:
    return json.dumps(shown, ensure_ascii=False)


def _as_text(value: object) -> Shown:
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def _shown_in(text: str) -> dict[str, Shown]:
    """What the page says that it showed; what is written otherwise is passed over."""
    try:
        sent = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(sent, dict):
        return {}
    return {name: value for name, value in sent.items() if _is_shown(value)}


def _is_shown(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str | bool)
