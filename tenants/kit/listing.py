"""A list of the product, declared once: its columns, tabs, search and what to do when it is empty.

A view reads the address (`listing.address`), asks its queries for rows, cuts one page of them
(`listing.page`) and shows it (`listing.shown`); `templates/ui/list.html` draws the answer. The
export (`listing.file`) writes the same columns. One more column is one `Column`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeAlias

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from tenants.actor import Actor
from tenants.kit import keyset, later, tables
from tenants.kit.counting import CappedCount
from tenants.kit.edge.text import one_line
from tenants.kit.keyset import Sort
from tenants.kit.listing_cells import Cells, Record, record_of
from tenants.kit.listing_parts import (
    PASSING,
    Act,
    Chip,
    ColumnChoice,
    Empty,
    Head,
    ListPage,
    Pager,
    Saved,
    SavedTab,
    TabLink,
    chip_label,
    counted,
    tidy,
)
from tenants.kit.web import OfficeRequest

__all__ = [
    "Act",
    "Address",
    "Column",
    "Empty",
    "ListPage",
    "Listing",
    "SavedTab",
    "Tab",
]

Words: TypeAlias = str | Promise
SIZE = 50
LONGEST_SEARCH = 100
# Of an address: how the list is shown, not which rows are asked for.
SHOWING = PASSING | {"cols", "sort", "format"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list, on the page and in the export.

    `value` is a field of the record or a function of it: the export writes it as it is, the page as
    its type is written in the reader's language, or as `text` says. A cell with markup of its own
    gets a macro under the same key in the list's template.
    """

    key: str
    label: Words
    value: str | Callable[[Record], object]
    sort: Sort | None = None
    numeric: bool = False
    hidden: bool = False  # off until somebody asks for it
    exported: bool = True
    text: Callable[..., str] | None = None
    per: tuple[
        str, ...
    ] = ()  # fields that `text` takes: one call for each of their distinct values
    on_page: bool = True  # False: in the export alone
    fixed: bool = False  # cannot be taken off
    opens: bool = False  # the cell is the link to the record's page
    css: str = ""

    def of(
        self,
        record: Record,
    ) -> object:
        return self.value(record) if callable(self.value) else attrgetter(self.value)(record)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab everybody has: what its address asks for, or the address of another list."""

    key: str
    label: Words
    asks: Mapping[str, str] = field(default_factory=dict)
    url: Words = ""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks of a list; what makes no sense is left out."""

    url: str
    query: QueryDict
    search: str
    sort: Sort
    form: forms.Form
    columns: tuple[Column, ...]  # those that the reader may see

    def value(self, name: str) -> str:
        return self.query.get(name, "").replace("\0", "")

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that parse; those that do not are said beside their fields."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def narrowing(self) -> dict[str, list[str]]:
        """All of the address that decides which rows there are: a cursor is bound to it."""
        names = sorted(set(self.query) - SHOWING)
        values = {name: [text for text in self.query.getlist(name) if text] for name in names}
        return {name: texts for name, texts in values.items() if texts}

    def link(self, **changes: str | None) -> str:
        """The address with some of its values changed, on the first page; None takes one out."""
        copy = self.query.copy()
        for name in (*PASSING, *changes):
            copy.pop(name, None)
        for name, value in changes.items():
            if value is not None:
                copy[name] = value
        text = copy.urlencode()
        return f"{self.url}?{text}" if text else self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list: what all its pages have in common."""

    name: str  # cursors and saved views are bound to it, the export's file is called so
    title: Words
    url: str  # name of its address
    columns: tuple[Column, ...]
    sort: Sort
    empty: Empty
    opens: str = ""  # name of the address of a record's page
    opens_by: str = "id"  # the record's field that this address and the row's menu are made with
    named_by: str = "id"  # the record's field that people call it by
    picked_by: str = "id"  # the record's field that a tick sends
    tabs: tuple[Tab, ...] = ()
    tabs_narrow: bool = False  # a tab keeps search and filters
    search_hint: Words = ""
    export: str = ""  # name of the address of its export
    saved: str = ""  # beginning of the names of the addresses that keep and delete a view
    size: int = SIZE

    def address(
        self,
        request: OfficeRequest,
        form: forms.Form | None = None,
        *,
        columns: Iterable[Column] | None = None,
        url: str = "",
    ) -> Address:
        """What the request asks for. `columns` are those its reader may see, all by default."""
        seen = tuple(self.columns if columns is None else columns)
        sorts = {column.sort.key: column.sort for column in seen if column.sort}
        form = form or forms.Form(request.GET)
        form.is_valid()
        return Address(
            url=url or reverse(self.url),
            query=request.GET,
            search=one_line(request.GET.get("q", "").strip()[:LONGEST_SEARCH]),
            sort=keyset.sort_named(sorts, request.GET.get("sort", "")) or self.sort,
            form=form,
            columns=seen,
        )

    def page(
        self, address: Address, rows: QuerySet[Any, Any], *, reader: Actor
    ) -> keyset.Page[Any]:
        """The page of these rows that the address names. Raises BadCursor."""
        return keyset.cut(
            rows,
            sort=address.sort,
            cursor=address.value("cursor") or None,
            size=self.size,
            list_name=self.name,
            filters=address.narrowing,
            reader=keyset.reader_of(reader),
        )

    def shown(
        self,
        address: Address,
        page: keyset.Page[Any],
        *,
        records: Sequence[Record] | None = None,
        count: CappedCount | int | None = None,
        counts: Mapping[str, CappedCount] | None = None,
        saved: Sequence[SavedTab] = (),
        totals: str = "",
        bulk: Sequence[Act] = (),
        row_menu: Sequence[Act] = (),
        tabs: Sequence[Tab] | None = None,
    ) -> ListPage:
        """All that the template draws. `records` are the rows with what the page adds to them."""
        columns = _columns_on(address)
        tabs = self.tabs if tabs is None else tabs
        cells = Cells(
            columns,
            self.opens,
            self.opens_by,
            self.named_by,
            self.picked_by,
        )
        return ListPage(
            title=str(self.title),
            count=counted(count),
            url=address.url,
            search=address.search,
            search_hint=str(self.search_hint),
            filters=address.form if address.form.fields else None,
            keep=_kept(address, tabs),
            chips=_chips(address),
            clear_url=address.url,
            views=_tabs(self, address, tabs, counts or {}, saved),
            columns=[_head(address, column) for column in columns],
            column_choices=[
                ColumnChoice(column.key, str(column.label), column in columns)
                for column in address.columns
                if column.on_page
            ],
            rows=cells.rows(page.rows if records is None else records),
            pager=Pager(
                previous=address.link(cursor=page.previous) if page.previous else "",
                next=address.link(cursor=page.next) if page.next else "",
            ),
            export_url=_export_url(self, address),
            bulk=bulk,
            row_menu=row_menu,
            empty=self.empty,
            totals=totals,
            saved=_saved(self, address, saved),
        )

    def everything(self, address: Address, rows: QuerySet[Any, Any]) -> Iterator[Any]:
        """The rows of an export, all of them, read a piece at a time."""
        return keyset.walk(rows, sort=address.sort)

    def file(
        self,
        address: Address,
        records: Iterable[Record],
    ) -> HttpResponseBase:
        """The list as a table to download: all columns that the reader may see. Many rows are
        written by the worker. Raises LongWork.
        """
        waiting = later.rows_of(records)
        columns = [column for column in address.columns if column.exported]
        return tables.table(
            name=self.name.rpartition(".")[2],
            headings=[str(column.label) for column in columns],
            rows=([column.of(one) for column in columns] for one in map(record_of, waiting)),
            kind=address.value("format") or "xlsx",
        )


def _columns_on(address: Address) -> list[Column]:
    """Those chosen, else the usual ones; fixed ones always."""
    offered = [column for column in address.columns if column.on_page]
    chosen = {column.key for column in offered} & set(address.query.getlist("cols"))
    usual = {column.key for column in offered if not column.hidden}
    shown = chosen or usual
    return [column for column in offered if column.fixed or column.key in shown]


def _head(address: Address, column: Column) -> Head:
    """A heading; a click sorts by it as the column's sort begins, the next one the other way."""
    sort_url = ""
    direction = ""
    if column.sort:
        is_sorted = address.sort.key == column.sort.key
        if is_sorted:
            direction = "desc" if address.sort.descending else "asc"
        turned = address.sort.turned() if is_sorted else column.sort
        sort_url = address.link(sort=turned.name)
    return Head(
        key=column.key,
        label=str(column.label),
        numeric=column.numeric,
        css=column.css,
        opens=column.opens,
        sort_url=sort_url,
        sorted=direction,
    )


def _chips(address: Address) -> list[Chip]:
    """The active filters in words, each with its way out; what does not parse says why."""
    form = address.form
    wrong = [
        Chip(
            f"{form.fields[name].label}: {faults[0]}",
            address.link(**{name: None}),
            is_wrong=True,
        )
        for name, faults in form.errors.items()
        if name in form.fields
    ]
    right = [
        Chip(chip_label(form, name, value), address.link(**{name: None}))
        for name, value in address.filters.items()
    ]
    return wrong + right


def _kept(
    address: Address,
    tabs: Sequence[Tab],
) -> dict[str, str]:
    """Values of the address that a search keeps though no field of the form shows them."""
    names = {name for tab in tabs for name in tab.asks} | {"sort"}
    hidden = names - set(address.form.fields)
    return {name: value for name in sorted(hidden) if (value := address.value(name))}


def _tabs(
    listing: Listing,
    address: Address,
    tabs: Sequence[Tab],
    counts: Mapping[str, CappedCount],
    saved: Sequence[SavedTab],
) -> list[TabLink]:
    here = tidy(address.query)
    own = [
        TabLink(
            view.name,
            f"{address.url}?{view.query}",
            tidy(QueryDict(view.query)) == here,
        )
        for view in saved
    ]
    is_taken = any(view.active for view in own)
    active = None if is_taken else _tab_open(address, tabs)
    fixed = [
        TabLink(
            str(tab.label),
            _tab_url(listing, address, tabs, tab),
            tab is active,
            counted(counts.get(tab.key)),
        )
        for tab in tabs
    ]
    return fixed + own


def _tab_open(address: Address, tabs: Sequence[Tab]) -> Tab | None:
    """The tab whose values the address has; the first where it has none's."""
    for tab in tabs:
        if tab.url and str(tab.url) == address.url:
            return tab
    names = {name for tab in tabs for name in tab.asks}
    values = {name: value for name in names if (value := address.value(name))}
    return next(
        (tab for tab in tabs if dict(tab.asks) == values),
        tabs[0] if tabs else None,
    )


def _tab_url(listing: Listing, address: Address, tabs: Sequence[Tab], tab: Tab) -> str:
    if tab.url:
        return str(tab.url)
    names = {name for one in tabs for name in one.asks}
    if listing.tabs_narrow:
        return address.link(**{name: tab.asks.get(name) for name in sorted(names)})
    query = QueryDict(mutable=True)
    query.update(dict(tab.asks))
    return f"{address.url}?{query.urlencode()}" if tab.asks else address.url


def _export_url(listing: Listing, address: Address) -> str:
    if not listing.export:
        return ""
    query = address.link().partition("?")[2]
    url = reverse(listing.export)
    return f"{url}?{query}" if query else url


def _saved(listing: Listing, address: Address, saved: Sequence[SavedTab]) -> Saved | None:
    if not listing.saved:
        return None
    return Saved(tidy(address.query), reverse(f"{listing.saved}-save"), saved)
