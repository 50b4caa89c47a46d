"""The own domain of a reseller through which a request came: it pins whose pages are there.

It grants nothing. Nobody's door is the address of the installation, which all resellers share.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Door:
    """A host that was proven; `site` is its address without a path."""

    reseller_id: UUID
    site: str


_door: ContextVar[Door | None] = ContextVar("door", default=None)


def current_door() -> Door | None:
    return _door.get()


def is_of_door(
    reseller_id: UUID | None,
) -> bool:
    """Whether what belongs to this reseller may be shown: at the shared address everything may."""
    door = _door.get()
    return door is None or door.reseller_id == reseller_id


@contextmanager
def through(door: Door) -> Iterator[None]:
    """For the request that came so."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)
