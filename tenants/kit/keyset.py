"""Pages of a list by the last row seen (keyset), for pages of HTML and the API alike.

A page is one statement of `size + 1` rows. Its cursor holds the values that the last row is sorted
by, so by a key that does not change no row comes twice and none is missed while others write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

from tenants.actor import Actor
from tenants.kit.cursors import (
    BadCursor,
    Bookmark,
    Value,
    digest,
    opened,
    sealed,
)

PREFIX = "keyset_"
WALKED = 2_000  # rows of one piece
Row = TypeVar("Row")


class Reader(NamedTuple):
    """Whom a cursor is given to: the people of one role at one reseller."""

    reseller_id: UUID | None
    role: str


def reader_of(actor: Actor) -> Reader:
    return Reader(
        actor.reseller.id if actor.reseller else None,
        str(actor.role),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column or an annotation of the rows, and its direction. Nulls stand last."""

    field: str
    descending: bool = False
    nullable: bool = False

    def order(
        self,
        *,
        backward: bool,
    ) -> OrderBy:
        """A column without nulls keeps the plain order, which is the one its index has."""
        down = self.descending is not backward
        column = F(self.field)
        if not self.nullable:
            return column.desc() if down else column.asc()
        first = True if backward else None
        last = None if backward else True
        order = column.desc if down else column.asc
        return order(nulls_first=first, nulls_last=last)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows under a name: a column, those after it, and `tie`, which no two rows share."""

    key: str
    field: str
    descending: bool = False
    nullable: bool = False
    then: tuple[Column, ...] = ()
    tie: str = "id"

    @property
    def name(self) -> str:
        """As an address writes it: `-created` is descending."""
        return f"-{self.key}" if self.descending else self.key

    @property
    def columns(self) -> tuple[Column, ...]:
        first = Column(self.field, self.descending, self.nullable)
        last = () if self.field == self.tie else (Column(self.tie, self.descending),)
        return (first, *self.then, *last)

    def turned(self) -> Sort:
        """The opposite order; nulls stay last."""
        then = tuple(replace(column, descending=not column.descending) for column in self.then)
        return replace(self, descending=not self.descending, then=then)


def sort_named(sorts: Mapping[str, Sort], name: str) -> Sort | None:
    """The sort that an address names; None when there is no such one."""
    sort = sorts.get(name.removeprefix("-"))
    if sort is None:
        return None
    return sort if sort.descending is name.startswith("-") else sort.turned()


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the cursors of the pages after and before them."""

    rows: list[Row]
    next: str | None = None
    previous: str | None = None


def cut(
    rows: QuerySet[Any, Row],
    *,
    sort: Sort,
    cursor: str | None,
    size: int,
    list_name: str,
    filters: Mapping[str, Any],
    reader: Reader,
) -> Page[Row]:
    """The page that `cursor` names; without one the first page. Raises BadCursor.

    `rows` are models or dicts (`values`); their own order is replaced.
    """
    about = digest(of=list_name, sort=sort.name, filters=filters, reader=reader)
    bookmark = opened(cursor, about) if cursor else None
    if bookmark and len(bookmark.values) != len(sort.columns):
        raise BadCursor("cursor of another sort")
    taken = _take(rows, sort, bookmark, size + 1)
    backward = bookmark is not None and bookmark.backward
    if backward and not taken:  # all that stood before is gone by now
        backward = False
        bookmark = None
        taken = _take(rows, sort, None, size + 1)
    more = len(taken) > size
    taken = taken[:size]
    if backward:
        taken.reverse()
    return _page(
        taken,
        about,
        has_next=bool(taken) and (backward or more),
        has_previous=bool(taken) and (more if backward else bookmark is not None),
    )


def walk(rows: QuerySet[Any, Row], *, sort: Sort, size: int = WALKED) -> Iterator[Row]:
    """All rows in the order of the sort, a piece at a time: however many, few are held."""
    bookmark = None
    while taken := _take(rows, sort, bookmark, size):
        yield from (row for row, _values in taken)
        if len(taken) < size:
            return
        bookmark = Bookmark(taken[-1][1])


def _page(
    taken: Sequence[tuple[Row, tuple[Value, ...]]],
    about: str,
    *,
    has_next: bool,
    has_previous: bool,
) -> Page[Row]:
    return Page(
        rows=[row for row, _values in taken],
        next=sealed(Bookmark(taken[-1][1]), about) if has_next else None,
        previous=sealed(Bookmark(taken[0][1], backward=True), about) if has_previous else None,
    )


def _take(
    rows: QuerySet[Any, Row],
    sort: Sort,
    bookmark: Bookmark | None,
    most: int,
) -> list[tuple[Row, tuple[Value, ...]]]:
    """Rows from the bookmark on, each with the values that it is sorted by."""
    backward = bookmark is not None and bookmark.backward
    names = _names(rows, sort)
    added = {name: F(field) for field, name in names.items() if name != field}
    sortable = rows.annotate(**added) if added else rows
    if bookmark is not None:
        sortable = sortable.filter(_beyond(sort.columns, bookmark.values, backward=backward))
    order = [column.order(backward=backward) for column in sort.columns]
    taken = sortable.order_by(*order)[:most]
    return [(row, tuple(_values(row, names, added))) for row in taken]


def _names(rows: QuerySet[Any, Any], sort: Sort) -> dict[str, str]:
    """Under which name each row carries a column of the sort; a new one where it is not read yet."""
    query = rows.query
    read = {*query.values_select, *query.annotation_select}
    if query.default_cols:
        read |= {field.attname for field in rows.model._meta.concrete_fields}
    fields = [column.field for column in sort.columns]
    return {
        field: field if field in read else f"{PREFIX}{number}"
        for number, field in enumerate(fields)
    }


def _values(
    row: Any,
    names: Mapping[str, str],
    added: Mapping[str, Any],
) -> Iterator[Value]:
    """The values that a row is sorted by; what was read for that alone leaves the row."""
    for name in names.values():
        if not isinstance(row, dict):
            yield getattr(row, name)
        elif name in added:
            yield row.pop(name)
        else:
            yield row[name]


def _beyond(
    columns: Sequence[Column],
    values: Sequence[Value],
    *,
    backward: bool,
) -> Q:
    """The rows that come after these values in the order of the columns, or before them."""
    head = columns[0]
    rest = columns[1:]
    down = head.descending is not backward
    if values[0] is None:
        same = Q(**{f"{head.field}__isnull": True})
        beyond = same & _beyond(rest, values[1:], backward=backward)
        return beyond | Q(**{f"{head.field}__isnull": False}) if backward else beyond
    if all(c.descending is head.descending and not c.nullable for c in rest):
        lookup = TupleLessThan if down else TupleGreaterThan
        row = Tuple(*(F(column.field) for column in columns))
        beyond = Q(lookup(row, tuple(values)))
    else:
        sign = "lt" if down else "gt"
        further = Q(**{f"{head.field}__{sign}": values[0]})
        same = Q(**{head.field: values[0]})
        bound = Q(**{f"{head.field}__{sign}e": values[0]})  # an index begins here
        beyond = bound & (further | same & _beyond(rest, values[1:], backward=backward))
    if head.nullable and not backward:
        return beyond | Q(**{f"{head.field}__isnull": True})
    return beyond
