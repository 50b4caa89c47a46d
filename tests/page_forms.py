"""The forms of a page as a browser would send them, untouched or with some fields typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import html

BUTTONS = ("submit", "button", "image", "reset", "file")
FIELDS = ("input", "select", "textarea")
Fields = dict[str, Any]


@dataclass(frozen=True)
class PageForm:
    """One form: where it goes, and what a browser sends of it when nothing is touched."""

    action: str
    method: str
    fields: Fields
    buttons: tuple[str, ...]
    visible: frozenset[str] = frozenset()


def forms_on(content: bytes, address: str) -> list[PageForm]:
    """All forms of a page; one without an action goes to the page's own address."""
    page = html.fromstring(content.decode())
    return [_form(element, address) for element in page.iter("form")]


def form_with(content: bytes, address: str, name: str) -> PageForm:
    """The one posting form of a page that has a field of this name."""
    forms = [form for form in forms_on(content, address) if name in form.fields]
    assert forms, f"no form with {name} on {address}"
    return forms[0]


def _form(element: Any, address: str) -> PageForm:
    fields: Fields = {}
    for field in element.iter(*FIELDS):
        for name, value in _sent(field):
            fields.setdefault(name, []).append(value)
    buttons = tuple(button.get("name", "") for button in element.iter("button"))
    return PageForm(
        action=element.get("action") or address,
        method=(element.get("method") or "get").lower(),
        fields={name: values[0] if len(values) == 1 else values for name, values in fields.items()},
        buttons=buttons,
        visible=frozenset(filter(None, map(_visible_name, element.iter(*FIELDS)))),
    )


def _visible_name(field: Any) -> str:
    return "" if field.get("type") == "hidden" else str(field.get("name") or "")


def _sent(field: Any) -> Iterable[tuple[str, str]]:
    name = field.get("name")
    if not name or field.get("disabled") is not None:
        return []
    if field.tag == "textarea":
        text = (field.text or "").removeprefix("\n")
        return [(name, text.replace("\r\n", "\n").replace("\n", "\r\n"))]
    if field.tag == "select":
        return [(name, value) for value in _chosen(field)]
    kind = field.get("type", "text")
    if kind in BUTTONS or (kind in ("checkbox", "radio") and field.get("checked") is None):
        return []
    default = "on" if kind in ("checkbox", "radio") else ""
    return [(name, field.get("value", default))]


def _chosen(field: Any) -> list[str]:
    """The chosen options; a select of one without a choice sends its first option."""
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and field.get("multiple") is None:
        chosen = options[:1]
    return [option.get("value", option.text or "") for option in chosen]
