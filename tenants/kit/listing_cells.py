"""Cells of a list as text, made once per distinct value: a template writes them as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tenants.kit import formats

MARK = "__ref__"  # in an address: the place of a row's own code or id
Record: TypeAlias = Any  # what the queries of a list answer: a dict, a model, a dataclass


class CellColumn(Protocol):
    """What a column says about its cells."""

    @property
    def key(self) -> str: ...
    @property
    def value(self) -> str | Callable[[Record], object]: ...
    @property
    def text(self) -> Callable[..., str] | None: ...
    @property
    def per(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as the page shows it. `record` is what the queries answered."""

    record: Record
    texts: dict[str, str]  # by the column's key
    url: str
    name: str
    key: str  # stands for __ref__ in the row's menu
    pick: str


class Cells:
    """The texts of all rows of one page."""

    def __init__(
        self,
        columns: Sequence[CellColumn],
        opens: str,
        opens_by: str,
        named_by: str,
        picked_by: str,
    ) -> None:
        write = lru_cache(maxsize=None, typed=True)(self.written)
        self.makers = [(column.key, _maker(column, write)) for column in columns]
        self.pattern = address_pattern(opens) if opens else ""
        self.key_of = attrgetter(opens_by)
        self.name_of = attrgetter(named_by)
        self.pick_of = attrgetter(picked_by)

    def rows(
        self,
        records: Iterable[Record],
    ) -> list[DrawnRow]:
        return [self._row(record_of(one)) for one in records]

    def _row(self, record: Record) -> DrawnRow:
        key = str(self.key_of(record))
        return DrawnRow(
            record,
            {key: make(record) for key, make in self.makers},
            self.pattern.replace(MARK, quote(key, safe="")) if key else "",
            str(self.name_of(record)),
            key,
            str(self.pick_of(record)),
        )

    @staticmethod
    def written(value: object) -> str:
        """A value as the reader's language writes it; a dash for nothing."""
        if value is None or value == "":
            return "—"
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, date):  # moments are days of their own zone
            return formats.day(value)
        if isinstance(value, Decimal | int | float):
            return formats.number(value)
        return str(value)


def address_pattern(name: str) -> str:
    """The address of this name with `__ref__` in place of a row's own code or id."""
    try:
        return reverse(name, args=[MARK])
    except NoReverseMatch:
        nobody = UUID(int=0)
        return reverse(name, args=[nobody]).replace(str(nobody), MARK)


def _maker(column: CellColumn, write: Callable[[Record], str]) -> Callable[[Record], str]:
    if column.text and column.per:
        return partial(
            _once,
            attrgetter(column.per[0], *column.per),
            lru_cache(column.text),
        )
    if column.text:
        return column.text
    value = column.value if callable(column.value) else attrgetter(column.value)
    return partial(_written, value, write)


def _written(
    value: Callable[[Record], object],
    write: Callable[[Record], str],
    record: Record,
) -> str:
    return write(value(record))


def _once(
    values_of: Callable[[Record], tuple[object, ...]],
    text: Callable[..., str],
    record: Record,
) -> str:
    """The text of a record's values, made at their first sight. The first value comes twice, so
    that there are always several."""
    return text(*values_of(record)[1:])


def record_of(row: Record) -> Record:
    """A row of `.values()` as an object: a template reads these quicker than dicts."""
    return SimpleNamespace(**row) if isinstance(row, dict) else row
