"""Every URL pattern of every tree, with the names of what stands in its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
)

PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Pattern:
    """One address of the resolver. `tree` is pages, admin or api."""

    route: str
    name: str
    tree: str
    view: Callable[..., HttpResponseBase]

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(plain or pattern for plain, pattern in PART.findall(self.route))

    def path(self, values: dict[str, str]) -> str:
        """The address with these values; empty when it does not lead back to this pattern."""
        filled = PART.sub(
            lambda match: values[match.group(1) or match.group(2)],
            self.route,
        )
        path = "/" + filled.replace("^", "").replace("/?$", "/").removesuffix("$")
        return path if self._answers(path) else ""

    def _answers(self, path: str) -> bool:
        try:
            return resolve(path).func is self.view
        except Resolver404:
            return False


def patterns() -> list[Pattern]:
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    entries: Sequence[URLPattern | URLResolver],
    prefix: str,
    space: str,
) -> Iterator[Pattern]:
    for entry in entries:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry.url_patterns,
                route,
                f"{space}{entry.namespace}:" if entry.namespace else space,
            )
        elif isinstance(entry, URLPattern):
            yield Pattern(
                route,
                f"{space}{entry.name or '-'}",
                _tree(route),
                entry.callback,
            )


def _tree(route: str) -> str:
    return next(
        (tree for tree in ("admin", "api") if route.startswith(f"{tree}/")),
        "pages",
    )
