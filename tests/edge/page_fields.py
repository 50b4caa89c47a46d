"""The fields of a page's forms: what their markup says of them, and what each is tried with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from tenants.kit.edge.text import is_broken
from tests.edge import samples
from tests.page_forms import FIELDS, Fields, PageForm, forms_on
from tests.world import PASSWORD

NOT_TYPED = ("submit", "button", "image", "reset", "file")
HOSTILE = tuple(value for value in samples.HOSTILE if not is_broken(value))
FEW = tuple(HOSTILE[place] for place in (0, 3, 4, 6, -3))
BY_TYPE = {
    "email": "person@edge.test",
    "tel": "+996555000777",
    "date": "2026-11-30",
    "month": "2026-11",
    "password": PASSWORD,
}
BY_NAME = {
    "customer_code": "PR-001",
    "tracking_number": "THEDGE1",
    "received_on": "30/11/2026",
    "first": "01/11/2026",
    "last": "30/11/2026",
    "paid_on": "30/11/2026",
    "un_number": "1203",
    "pin": "123456",
    "phone_tail": "0777",
    "text": "30/11/2026\tPR-9\tN-1\tGENERAL\tเรือ\t1\t1\t900\tAUTO",
}
NOT_SENT = ("csrfmiddlewaretoken", "reseller_stamp")


@dataclass(frozen=True)
class PageField:
    """A field as the page has it."""

    name: str
    kind: str  # the type of an input, or the name of its tag
    numeric: bool
    longest: int
    options: tuple[str, ...]
    is_hidden: bool

    def plausible(self) -> str:
        """Something that a person might enter."""
        last = self.name.rpartition("-")[2]
        if self.options:
            return next(filter(None, self.options), "")
        if last in BY_NAME:
            return BY_NAME[last]
        return BY_TYPE.get(self.kind, "12" if self.numeric else "Проба 1")

    def values(self) -> Iterator[str]:
        """What the field is tried with."""
        if self.kind in ("checkbox", "radio", "select"):
            yield from (*self.options, "no-such-choice", *FEW)
        elif self.kind in ("date", "month", "datetime-local", "time"):
            yield from (*samples.DAYS, *samples.MOMENTS[:4], *samples.TIMES[:4], *FEW)
        elif self.is_hidden:
            yield from (*FEW, *map(str, samples.WHOLE[:-1]))
        else:
            lengths = (1, self.longest - 1, self.longest, self.longest + 1)
            yield from ("ж" * length for length in lengths)
            yield from samples.NUMBERS + FEW if self.numeric else HOSTILE


@dataclass(frozen=True)
class FilledForm:
    """A form of a page with its fields, and all that a person would send of it."""

    form: PageForm
    fields: tuple[PageField, ...]

    @property
    def sent(self) -> Fields:
        filled = {name: value for name, value in self.form.fields.items() if name not in NOT_SENT}
        for field in self.fields:
            if field.kind not in ("checkbox", "radio") and not filled.get(field.name):
                filled[field.name] = field.plausible()
            if field.kind == "radio":
                filled.setdefault(field.name, field.plausible())
        return filled


def filled_forms(content: bytes, address: str) -> Iterator[FilledForm]:
    """The posting forms of a page that have something to fill in."""
    elements = html.fromstring(content.decode()).iter("form")
    for form, element in zip(forms_on(content, address), elements, strict=True):
        fields = {field.name: field for field in _fields(element)}
        if form.method == "post" and any(not field.is_hidden for field in fields.values()):
            yield FilledForm(form, tuple(fields.values()))


def _fields(form: Any) -> Iterator[PageField]:
    for element in form.iter(*FIELDS):
        kind = element.get("type", "text") if element.tag == "input" else element.tag
        name = element.get("name") or ""
        if name and name not in NOT_SENT and kind not in NOT_TYPED:
            yield PageField(
                name,
                kind,
                element.get("inputmode") in ("decimal", "numeric") or kind == "number",
                int(element.get("maxlength") or 200),
                _options(element, kind),
                kind == "hidden",
            )


def _options(element: Any, kind: str) -> tuple[str, ...]:
    if kind in ("checkbox", "radio"):
        return (element.get("value", "on"),)
    if kind != "select":
        return ()
    values = [option.get("value", option.text or "") for option in element.iter("option")]
    return tuple(values[:3])
