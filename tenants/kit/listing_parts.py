"""What `templates/ui/list.html` is given: a list's page in frozen parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from tenants.kit.listing_cells import DrawnRow


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
    count: int | None = None


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
