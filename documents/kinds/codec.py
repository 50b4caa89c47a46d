"""Contexts to JSON and back, exactly: amounts as strings, days as ISO, nothing lost and nothing
guessed.

The limits keep one paper from taking a worker for minutes: a page costs 0.15 s, 300 rows are a
dozen pages.
"""

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

LONGEST_TEXT = 4_000
MOST_ROWS = 300
T = TypeVar("T")
Json = str | int | None | list["Json"] | dict[str, "Json"]


class BadContext(ValueError):
    """The data does not fit the kind of paper, or is more than a paper can hold."""


def to_json(value: object) -> Json:
    """Plain lists, dicts and strings for a frozen dataclass; fields kept out of its repr (pictures)
    stay out.
    """
    if is_dataclass(value):
        return {
            field.name: to_json(getattr(value, field.name)) for field in fields(value) if field.repr
        }
    if isinstance(value, tuple):
        if len(value) > MOST_ROWS:
            raise BadContext(f"{len(value)} rows; a paper holds {MOST_ROWS}")
        return [to_json(each) for each in value]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise BadContext(f"a text of {len(value)} characters; a paper takes {LONGEST_TEXT}")
    if isinstance(value, StrEnum | Decimal | date):
        return value.isoformat() if isinstance(value, date) else str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise BadContext(f"{type(value).__name__} has no place in a context")


def from_json(cls: type[T], data: Any) -> T:
    """The dataclass again; a key it does not know or a missing one is an error, not a gap on the
    paper.
    """
    try:
        return typing.cast(T, _read(cls, data))
    except (
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
    ) as error:
        raise BadContext(f"{cls.__name__}: {error}") from error


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(kind: Any, data: Any) -> Any:
    if isinstance(kind, types.UnionType):
        return None if data is None else _read(typing.get_args(kind)[0], data)
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], each) for each in data)
    if is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        if unknown := sorted(set(data) - set(hints)):
            raise BadContext(f"unknown: {', '.join(unknown)}")
        return typing.cast(type, kind)(
            **{name: _read(hints[name], each) for name, each in data.items()}
        )
    if kind is date:
        return date.fromisoformat(data)
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind(data)
    if not isinstance(data, kind):
        raise BadContext(f"{data!r} is not {kind.__name__}")
    return data
