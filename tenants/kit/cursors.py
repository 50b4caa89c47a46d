"""Signed cursors: the values of one row of a list, tied to what the list was asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import BadRequest

SALT = "kit.keyset"
LONGEST = 2000  # characters of a cursor in an address
Value = Decimal | datetime | date | str | int | bool | UUID | None


class BadCursor(BadRequest):
    """The cursor was not given out for this list, or somebody changed it. A page answers 400."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The row that a page begins after; `backward` asks for the page before it."""

    values: tuple[Value, ...]
    backward: bool = False


def digest(**about: object) -> str:
    """What a list was asked for, in a few letters."""
    text = json.dumps(about, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def filters_of(query: Mapping[str, Any]) -> dict[str, list[str]]:
    """The filters in an address: all that it says but the place in the list."""
    places = {"cursor", "limit", "page", "sort"}
    values = query.lists() if hasattr(query, "lists") else query.items()
    return {name: list(value) for name, value in values if name not in places}


def sealed(bookmark: Bookmark, about: str) -> str:
    body = [
        about,
        int(bookmark.backward),
        [_written(value) for value in bookmark.values],
    ]
    return _signer().sign_object(body)


def opened(text: str, about: str) -> Bookmark:
    """The row that `sealed` wrote down. Raises BadCursor."""
    try:
        if len(text) > LONGEST:
            raise BadCursor("cursor too long")
        of, backward, values = _signer().unsign_object(text)
    except (signing.BadSignature, ValueError) as broken:
        raise BadCursor("cursor not signed here") from broken
    if of != about:
        raise BadCursor("cursor of another list")
    return Bookmark(tuple(_read(*pair) for pair in values), bool(backward))


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def _written(value: Value) -> Sequence[Any]:
    """A value with its type, so that it comes back as it went; a float would not."""
    if value is None or isinstance(value, str | bool | int):
        return ["plain", value]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, Decimal):
        return ["decimal", str(value)]
    if isinstance(value, UUID):
        return ["uuid", str(value)]
    raise TypeError(f"a list cannot be sorted by {type(value).__name__}")


def _read(kind: str, value: Any) -> Value:
    match kind:
        case "moment":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "decimal":
            return Decimal(value)
        case "uuid":
            return UUID(value)
    plain: str | int | None = value
    return plain
