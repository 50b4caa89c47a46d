"""Allow-lists: each entry has a reason, and one that nothing needs any more is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def compare(exceptions: Iterable[str], allowed: Mapping[str, str], what: str) -> None:
    """`exceptions` are those that exist; `allowed` names each with its reason."""
    there = set(exceptions)
    assert not there - allowed.keys(), f"{what}: {sorted(there - allowed.keys())}"
    assert not allowed.keys() - there, (
        f"no longer needed, take off the list: {sorted(allowed.keys() - there)}"
    )
    assert all(reason.strip() for reason in allowed.values())
