"""Where the code runs: a database role and a schema, held in a ContextVar that the database backend
obeys.

There is no default. Asking for the context outside one is an error, never a silent `public`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


class NoContext(Exception):
    """The database was asked for outside any scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One database role with its search path; `reseller_id` only for a reseller's own scope."""

    role: str
    schema: str = "public"
    reseller_id: UUID | None = None


GATE = Scope("gate")
PLATFORM = Scope("platform")
CARRIERS = Scope("carriers")
INGEST = Scope("ingest")
RELAY = Scope("relay")

_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope:
    """The scope in force. Raises NoContext outside one."""
    scope = _current.get()
    if scope is None:
        raise NoContext("no reseller and no shared scope is open")
    return scope


def current_reseller_id() -> UUID:
    """The reseller whose scope is open. Raises NoContext in a shared scope."""
    reseller_id = current().reseller_id
    if reseller_id is None:
        raise NoContext("a reseller's scope is needed here")
    return reseller_id


@contextmanager
def inside(scope: Scope) -> Iterator[Scope]:
    """Open a scope for the block; nested blocks go back to the outer one."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)
