"""What importing a table of companies would do, row by row; then all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companies.alike import companies_like
from companies.editing import Values
from companies.forms import NewCompanyForm
from companies.imports.table import Line, Table
from companies.invites import enter
from companies.models import Company
from tenants.actor import Actor, ResellerInfo
from tenants.kit.forms import choices_of


class NotReady(Exception):
    """Rows are bad and nobody said to leave them out, or nothing is left to save."""


@dataclass(frozen=True, slots=True)
class Row:
    """`errors` are sentences with the name of their field; `alike` is what it may be already."""

    number: int
    name: str
    values: Values
    errors: tuple[str, ...]
    alike: str

    @property
    def is_good(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class Preview:
    rows: tuple[Row, ...]
    unread: tuple[str, ...]

    @property
    def bad(self) -> int:
        return sum(not row.is_good for row in self.rows)

    @property
    def alike(self) -> int:
        """How many good rows are there already."""
        return sum(row.is_good and bool(row.alike) for row in self.rows)

    @property
    def new(self) -> int:
        return len(self.rows) - self.bad - self.alike

    def saved(self, *, with_alike: bool) -> list[Row]:
        """The rows that would become companies."""
        return [row for row in self.rows if row.is_good and (with_alike or not row.alike)]


def look(table: Table, *, kind: str, reseller: ResellerInfo) -> Preview:
    """`kind` is for rows without a column of their own."""
    earlier: dict[str, int] = {}
    rows = []
    for line in table.lines:
        row = _row(line, kind, reseller, earlier)
        rows.append(row)
        for key in _keys(row.values):
            earlier.setdefault(key, line.number)
    return Preview(tuple(rows), table.unread)


def save(
    preview: Preview, *, without_bad: bool, with_alike: bool, by: Actor, at: datetime
) -> list[Company]:
    """All rows that are to be saved, or none. Raises NotReady."""
    rows = preview.saved(with_alike=with_alike)
    if not rows or (preview.bad and not without_bad):
        raise NotReady
    with transaction.atomic():
        return [_enter(row, by, at) for row in rows]


def _enter(row: Row, by: Actor, at: datetime) -> Company:
    kind = str(row.values["kind"])
    return enter(kind=kind, values=row.values, by=by, at=at)


def _row(line: Line, kind: str, reseller: ResellerInfo, earlier: dict[str, int]) -> Row:
    """A row that was checked by the form, and compared with what is there."""
    first = {"kind": kind, "country": reseller.country, "language": reseller.language}
    typed = {name: text for name, text in line.values.items() if text}
    form = NewCompanyForm(first | _by_words(typed), region=reseller.country)
    name = line.values.get("name", "")
    if not form.is_valid():
        return Row(line.number, name, {}, _errors(form), "")
    values = form.cleaned_data
    return Row(line.number, name, values, (), _alike(values, earlier))


def _by_words(typed: dict[str, str]) -> dict[str, str]:
    """Choices may be written as people read them: «Клиент», «Кыргызстан»."""
    form = NewCompanyForm()
    meant = {}
    for name in ("kind", "country", "language", "legal_form"):
        if name in typed and name in form.fields:
            labels = {label.casefold(): value for value, label in choices_of(form, name)}
            meant[name] = labels.get(typed[name].casefold(), typed[name])
    return typed | meant


def _errors(form: NewCompanyForm) -> tuple[str, ...]:
    """Sentences that begin with the name of their field."""
    labels = {name: str(field.label) for name, field in form.fields.items()}
    return tuple(
        f"{labels.get(name, name)}: {error}" if name in labels else str(error)
        for name, errors in form.errors.items()
        for error in errors
    )


def _alike(values: Values, earlier: dict[str, int]) -> str:
    """The company that is there already, or the row above that says the same."""
    for key in _keys(values):
        if key in earlier:
            return _("the same as row %(number)s") % {"number": earlier[key]}
    there = companies_like(values)
    return f"{there[0].name} ({there[0].ref})" if there else ""


def _keys(values: Values) -> Sequence[str]:
    texts = [str(values.get(name) or "").strip().casefold() for name in ("name", "inn")]
    return [text for text in texts if text]
