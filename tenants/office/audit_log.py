"""The audit log in words. Each app says here, when it starts, what it calls its actions.

The page of the whole office and the history on every card are drawn from this one registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.edge.finding import finds, search_words
from tenants.kit.lookups import folded
from tenants.kit.pieces import TimelineEvent
from tenants.office.models import AuditEvent
from tenants.permissions import Kind

MOST_CHANGES = 24  # of one event
LONGEST_VALUE = 200
ON_A_CARD = 20
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY_TEXT = re.compile(r"\d{4}-\d\d-\d\d")

Label = str | Promise
Words = Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its words, and how it looks in a history.

    `other_words` gives other words for some events of this action, `note` a line below them; both may
    give nothing.
    """

    label: Label
    icon: str = "pencil"
    tone: str = "neutral"
    other_words: Callable[[AuditEvent], str] | None = None
    note: Callable[[AuditEvent], str] | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What an app calls the fields and values that its actions write down."""

    fields: Callable[[], Words] = dict  # in the order of the form
    values: Callable[[], Mapping[str, Words]] = dict  # field -> code -> words
    rows: Mapping[str, tuple[type[Model], str]] = field(default_factory=dict)  # field -> row's name
    sums: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()  # a list here is not both sides of a change
    links: frozenset[str] = frozenset()  # the value is an address
    subjects: Words = field(default_factory=dict)  # kind -> words for what has no title
    name_field: Callable[[str], str] | None = None  # names that are made of parts


@dataclass(frozen=True, slots=True)
class Change:
    """One field; `before` and `after` are empty where there was nothing. `url` leads to what the
    value names.
    """

    label: str
    before: str
    after: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the log: events whose action begins so."""

    key: str
    label: Label
    prefix: str


_NO_WORDING = Wording()
_actions: dict[str, tuple[Action, Wording]] = {}
_tabs: dict[str, Tab] = {}


def describe_actions(actions: Mapping[str, Action], wording: Wording = _NO_WORDING) -> None:
    """Name an app's actions and what they write down; called from AppConfig.ready."""
    for code, action in actions.items():
        _actions[code] = (action, wording)


def add_tab(tab: Tab) -> None:
    """A tab of the page; once per key, however often an app is made ready."""
    _tabs[tab.key] = tab


def tabs() -> list[Tab]:
    return list(_tabs.values())


def action_of(code: str) -> Action:
    """What is known of an action; one that nobody has described is called by its code."""
    return _actions[code][0] if code in _actions else Action(code)


def label_of(code: str) -> str:
    return str(action_of(code).label)


def words_of(event: AuditEvent) -> str:
    """An event as people say it."""
    action = action_of(event.action)
    own = action.other_words(event) if action.other_words else ""
    return own or str(action.label)


def field_words(code: str) -> Words:
    """What an action's app calls the fields that it writes down."""
    wording = _actions[code][1] if code in _actions else _NO_WORDING
    return {**common_fields(), **wording.fields()}


def history(subject: str, limit: int = ON_A_CARD) -> list[TimelineEvent]:
    """The events of one thing as `ui.timeline` takes them, newest first."""
    events = AuditEvent.objects.filter(subject=subject).order_by("-at", "-id")
    return [line_of(event) for event in events[:limit]]


def line_of(event: AuditEvent) -> TimelineEvent:
    """One event as `ui.timeline` takes it."""
    action = action_of(event.action)
    return TimelineEvent(
        text=words_of(event),
        note=action.note(event) if action.note else event.reason,
        at=formats.moment(event.at),
        by=event.by_name,
        icon=action.icon,
        tone=action.tone,
    )


def events_for(
    actor: Actor,
    *,
    search: str = "",
    action: str = "",
) -> QuerySet[AuditEvent]:
    """The whole office for the head; the module's own for a cargo MANAGER. The newest first."""
    rows = AuditEvent.objects.order_by("-at", "-id")
    if actor.kind is Kind.CARGO:
        rows = rows.filter(action__startswith="cargo.")
    if action:
        rows = rows.filter(action__startswith=action.replace("\x00", "")[:60])
    for word in search_words(search):
        rows = rows.filter(_has(word))
    return rows


def _has(word: str) -> Q:
    """People search for what they read, so the words of an action count, too."""
    return finds(word, "title", "by_name", "action", "reason") | Q(action__in=_codes_with(word))


def _codes_with(text: str) -> list[str]:
    word = folded(text)
    if not word:
        return []
    return [
        code for code, (action, _wording) in _actions.items() if word in folded(str(action.label))
    ]


class Teller:
    """Says the events of one page in words; rows that are named in them are fetched once."""

    def __init__(
        self,
        events: Iterable[AuditEvent],
    ) -> None:
        events = list(events)
        self._fields: dict[int, dict[str, str]] = {}
        self._values: dict[int, dict[str, dict[str, str]]] = {}
        self._names = _names_in(events)

    def changes(self, event: AuditEvent) -> list[Change]:
        """In the order of a form, whatever order the database keeps them in."""
        before = event.before or {}
        after = event.after or {}
        wording = _wording_of(event)
        places = {key: place for place, key in enumerate(self._field_words(wording))}
        keys = sorted(
            before.keys() | after.keys(),
            key=lambda key: (places.get(key, len(places)), key),
        )
        changes = [self._change(wording, key, before.get(key), after.get(key)) for key in keys]
        return [change for change in changes if change.before or change.after][:MOST_CHANGES]

    def about(self, event: AuditEvent) -> str:
        """What it happened to: its title, else what stands behind the subject's kind; ids say
        nothing.
        """
        kind, _colon, rest = event.subject.partition(":")
        bare = "" if UUID_TEXT.fullmatch(rest) or kind == "own" else rest
        text = event.title or str(_wording_of(event).subjects.get(kind, bare))
        return DAY_TEXT.sub(lambda day: _day(day[0]), text)

    def _field(self, wording: Wording, key: str) -> str:
        if word := self._field_words(wording).get(key):
            return word
        parts = wording.name_field(key) if wording.name_field else ""
        return parts or key.replace("_", " ")

    def _field_words(
        self,
        wording: Wording,
    ) -> dict[str, str]:
        """Made once a page: the app's own words, then those that all share."""
        if id(wording) not in self._fields:
            own = wording.fields()
            shared = {key: word for key, word in common_fields().items() if key not in own}
            self._fields[id(wording)] = {
                key: str(word)
                for key, word in {
                    **own,
                    **shared,
                }.items()
            }
        return self._fields[id(wording)]

    def _value_words(
        self,
        wording: Wording,
        key: str,
    ) -> dict[str, str]:
        if id(wording) not in self._values:
            self._values[id(wording)] = {
                name: {str(code): str(word) for code, word in words.items()}
                for name, words in wording.values().items()
            }
        return self._values[id(wording)].get(key, {})

    def _change(self, wording: Wording, key: str, before: object, after: object) -> Change:
        label = self._field(wording, key)
        if key in wording.links:
            return Change(label, "", _("Show"), str(after))
        if before is None and key not in wording.lists and _is_pair(after):
            before, after = after  # an order's facts keep both sides together
        return Change(
            label,
            self._value(wording, key, before),
            self._value(wording, key, after),
        )

    def _value(self, wording: Wording, key: str, value: object) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "; ".join(self._value(wording, key, one) for one in value)[:LONGEST_VALUE]
        if isinstance(value, dict):
            return ", ".join(
                f"{self._field(wording, name)} {self._value(wording, name, one)}"
                for name, one in value.items()
            )
        return self._text(wording, key, str(value))[:LONGEST_VALUE]

    def _text(self, wording: Wording, key: str, text: str) -> str:
        if UUID_TEXT.fullmatch(text.rpartition(":")[2]):
            return self._names.get(text, "")
        if word := self._value_words(wording, key).get(text):
            return word
        if key in wording.sums and (amount := _amount(text)) is not None:
            return formats.number(amount, 2)
        return _day(text)


def _wording_of(event: AuditEvent) -> Wording:
    return _actions[event.action][1] if event.action in _actions else _NO_WORDING


def common_fields() -> dict[str, str]:
    """Fields that mean the same wherever they are written down."""
    return {
        "name": _("Name"),
        "status": _("Status"),
        "reason": _("Reason"),
        "currency": _("Currency"),
        "about": _("About"),
        "number": _("Number"),
        "month": _("Month"),
        "order": _("Order"),
    }


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _names_in(events: list[AuditEvent]) -> dict[str, str]:
    """Ids that stand in the events, with what their rows are called: one query a table."""
    ids: dict[tuple[type[Model], str], set[str]] = {}
    for event in events:
        for key, row in _wording_of(event).rows.items():
            ids.setdefault(row, set()).update(_ids_at(event, key))
    names: dict[str, str] = {}
    for (model, attribute), pks in ids.items():
        if pks:
            rows = model._default_manager.filter(pk__in=pks).values_list("pk", attribute)
            names |= {str(pk): name for pk, name in rows}
    return names


def _ids_at(event: AuditEvent, key: str) -> Iterator[str]:
    for side in (event.before or {}, event.after or {}):
        value = side.get(key)
        if isinstance(value, str) and UUID_TEXT.fullmatch(value):
            yield value


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
        if len(text) == 10:
            return formats.day(date.fromisoformat(text))
        return formats.moment(datetime.fromisoformat(text))
    except ValueError:
        return text
