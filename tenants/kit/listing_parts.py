"""What `templates/ui/list.html` is given: a list's page in frozen parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tenants.kit import formats
from tenants.kit.counting import CappedCount, capped
from tenants.kit.listing_cells import Cells, DrawnRow

# Of an address: where one stands, not what is asked for.
PASSING = frozenset({"cursor", "page", "csrfmiddlewaretoken", "reseller_stamp"})


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what it is for, and the first step."""

    title: str | Promise
    text: str | Promise = ""
    icon: str = "inbox"
    action_label: str | Promise = ""
    action_url: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do with one row (its menu) or with the picked ones (the bar)."""

    label: str
    url: str
    icon: str = ""
    tone: str = ""
    method: str = "get"
    confirm: str = ""
    why: str = ""  # why it cannot be done
    rule: bool = False  # a line between acts
    attrs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    key: str
    label: str
    numeric: bool
    css: str
    opens: bool
    sort_url: str
    sorted: str  # asc, desc or nothing


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    key: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, or one that does not parse, with its way out."""

    label: str
    remove_url: str
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class TabLink:
    label: str
    url: str
    active: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class SavedTab:
    """A person's own tab: an address under a name."""

    name: str
    query: str
    delete_url: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What the dialog "Save the view" keeps, and where."""

    query: str
    url: str
    views: Sequence[SavedTab]


@dataclass(frozen=True, slots=True)
class Pager:
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    title: str
    count: str
    url: str
    search: str
    search_hint: str
    filters: forms.Form | None
    keep: Mapping[str, str]
    chips: Sequence[Chip]
    clear_url: str
    views: Sequence[TabLink]
    columns: Sequence[Head]
    column_choices: Sequence[ColumnChoice]
    rows: Sequence[DrawnRow]
    pager: Pager
    export_url: str
    bulk: Sequence[Act]
    row_menu: Sequence[Act]
    empty: Empty
    totals: str | SafeString
    saved: Saved | None


def totals_line(
    sums: Iterable[tuple[str, Decimal | None]],
    currency: str,
    *,
    count: str = "",
    summed: bool = True,
) -> str:
    """What all rows add up to, in words; a sum that the reader may not see is None. Rows that are
    too many to be summed say what to do.
    """
    written = [
        f"{word} {formats.money(amount, currency)}" for word, amount in sums if amount is not None
    ]
    if not summed:
        written = [gettext("narrow the list to see its sums")]
    parts = [count, *written] if count else written
    return gettext("In all") + ": " + " · ".join(parts)


def tidy(query: QueryDict) -> str:
    """What an address asks for, the same however one came to it: without blanks and pages."""
    kept = QueryDict(mutable=True)
    for name in sorted(set(query) - PASSING):
        values = [value.replace("\x00", "") for value in query.getlist(name) if value]
        if values:
            kept.setlist(name, values)
    return kept.urlencode()


def chip_label(form: forms.Form, name: str, value: object) -> str:
    label = str(form.fields[name].label)
    words = in_words(form, name, value)
    return f"{label}: {words}" if words else label


def in_words(form: forms.Form, name: str, value: object) -> str:
    """A filter's value as people call it. A form may say it itself in `words_of_<name>`."""
    own_words = getattr(form, f"words_of_{name}", None)
    if own_words:
        return str(own_words(value))
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices[value]) if value in choices else Cells.written(value)


def counted(count: CappedCount | int | None) -> str:
    """A count in figures, "1,000+" beyond."""
    if count is None:
        return ""
    if isinstance(count, int):
        count = capped(count)
    figure = formats.number(count.number)
    return f"{figure}+" if count.more else figure
