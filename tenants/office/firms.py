"""Names of companies for parts that stand below them; the app of companies fills this when it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

Namer = Callable[[Iterable[UUID]], Mapping[UUID, str]]
_namers: list[Namer] = []


def name_companies(namer: Namer) -> None:
    """Called from AppConfig.ready, however often an app is made ready."""
    if namer not in _namers:
        _namers.append(namer)


def company_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The open reseller's companies by id."""
    wanted_ids = {one for one in ids if one is not None}
    names: dict[UUID, str] = {}
    for namer in _namers if wanted_ids else ():
        names |= namer(wanted_ids)
    return names
