"""The audit trail's before and after, as people say it: names of fields, and values that stand for
something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from commission.cargo.audit_fields import field_words
from commission.cargo.models import (
    Salesperson,
    Stage,
    Status,
    Transport,
)
from companies.models import Company
from documents.words import audiences, kinds
from orders.models import Stage as OrderStage
from tenants.kit import formats
from tenants.office.models import AuditEvent, Member
from tenants.permissions import Role

MOST = 24  # changes of one event that are shown
LONGEST = 200
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SUMS = frozenset(
    [
        "price",
        "cost",
        "commission",
        "sales",
        "amount",
        "sum",
        "gross",
        "client_price",
        "carrier_rate",
        "rate",
        "margin",
        "fee",
    ]
)
LISTS = frozenset(
    {"codes", "moved", "unknown", "kinds", "months"}
)  # their values are lists, not both sides of a change
NAMED = {
    "salesperson": "code",
    "login": "name",
    "company": "name",
}  # fields that hold a row's id, and what it is called by
ROLES = {
    Role.HEAD: "ADMIN",
    Role.CARGO_MANAGER: "MANAGER",
    Role.CARGO_STAFF: "STAFF",
    Role.CARGO_SALE: "SALE",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field; `before` and `after` are empty where there was nothing. `url` leads to what the
    value names.
    """

    label: str
    before: str
    after: str
    url: str = ""


class Teller:
    """Tells the events of one page: rows that are named in them are fetched once."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        self._fields = field_words()
        self._places = {key: place for place, key in enumerate(self._fields)}
        self._names = _names([(event.before or {}) | {"+": event.after or {}} for event in events])
        self._states: dict[str, dict[str, str]] = {
            "transport": {code: str(label) for code, label in Transport.choices},
            "status": {code: str(label) for code, label in Status.choices},
            "stage": {code: str(label) for code, label in (*OrderStage.choices, *Stage.choices)},
            "role": {str(code): word for code, word in ROLES.items()},
            "kind": kinds(),
            "audience": {str(code): word for code, word in audiences().items()},
        }

    def changes(self, event: AuditEvent) -> list[Change]:
        """In the order of a form, whatever order the database keeps them in."""
        before = event.before or {}
        after = event.after or {}
        keys = sorted(
            before.keys() | after.keys(),
            key=lambda key: (
                self._places.get(key, len(self._places)),
                key,
            ),
        )
        told = [self._change(key, before.get(key), after.get(key)) for key in keys]
        return [one for one in told if one.before or one.after][:MOST]

    def about(self, event: AuditEvent) -> str:
        """What it happened to: its title, else what stands behind the subject's kind; ids say
        nothing.
        """
        kind, _colon, rest = event.subject.partition(":")
        bare = "" if UUID_TEXT.fullmatch(rest) or kind == "own" else rest
        text = event.title or (_("Paste") if kind == "cargo_import" else bare)
        return re.sub(r"\d{4}-\d\d-\d\d", lambda found: _day(found[0]), text)

    def field(self, key: str) -> str:
        """A cell of a rate card is called "GENERAL truck"; the rest have words."""
        kind, _blank, way = key.partition(" ")
        if way in self._states["transport"]:
            return f"{kind} · {self._states['transport'][way]}, CBM / kg"
        return self._fields.get(key) or key.replace("_", " ")

    def _change(self, key: str, before: Any, after: Any) -> Change:
        if key == "row_list":
            return Change(self.field(key), "", _("Show"), str(after))
        if key not in LISTS and isinstance(after, list) and len(after) == 2 and before is None:
            before, after = after  # an order's facts keep both sides together
        return Change(
            self.field(key),
            self._value(key, before),
            self._value(key, after),
        )

    def _value(self, key: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "; ".join(self._value(key, one) for one in value)[:LONGEST]
        if isinstance(value, dict):
            return ", ".join(
                f"{self.field(name)} {self._value(name, one)}" for name, one in value.items()
            )
        return self._text(key, str(value))[:LONGEST]

    def _text(self, key: str, text: str) -> str:
        if UUID_TEXT.fullmatch(text.rpartition(":")[2]):
            return self._names.get(text, "")
        if known := self._states.get(key, {}).get(text):
            return known
        if key in SUMS and (amount := _amount(text)) is not None:
            return formats.number(amount, 2)
        return _day(text)


def _names(sides: list[dict[str, Any]]) -> dict[str, str]:
    """Ids that stand in the events → what these rows are called."""
    ids: dict[str, set[str]] = {key: set() for key in NAMED}
    for side in (one for both in sides for one in (both, both["+"])):
        for key in NAMED:
            if isinstance(value := side.get(key), str) and UUID_TEXT.fullmatch(value):
                ids[key].add(value)
    found: dict[str, str] = {}
    for key, model in (
        ("salesperson", Salesperson),
        ("login", Member),
        ("company", Company),
    ):
        if ids[key]:
            rows = model.objects.filter(pk__in=ids[key]).values_list("pk", NAMED[key])  # type: ignore[attr-defined]
            found |= {str(pk): name for pk, name in rows}
    return found


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _day(text: str) -> str:
    """Days and moments as the reader writes them, anything else as it is."""
    if not re.match(r"\d{4}-\d\d", text):
        return text
    try:
        if len(text) == 7:
            return formats.month(date.fromisoformat(f"{text}-01"))
        return (
            formats.day(date.fromisoformat(text))
            if len(text) == 10
            else formats.moment(datetime.fromisoformat(text))
        )
    except ValueError:
        return text
