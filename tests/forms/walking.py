"""Every page that a person of the marked world may open, with what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from checks.isolation.arguments import Relation, addresses
from checks.isolation.callers import Caller, caller
from checks.isolation.patterns import patterns
from checks.isolation.world.made import World

PEOPLE = (
    "head",
    "dispatcher",
    "accountant",
    "client",
    "partner",
    "own driver",
    "cargo manager",
    "cargo staff",
    "cargo sale",
)
ENTRY = ("logout", "login", "switch", "mfa", "password", "language")


@dataclass(frozen=True)
class OpenedPage:
    """A page as the server sent it."""

    person: str
    name: str
    path: str
    tree: Any
    content: bytes

    def forms(self) -> Iterator[Any]:
        yield from self.tree.iter("form")


def opened_pages(world: World, person: str) -> Iterator[tuple[Caller, OpenedPage]]:
    who = caller(world, person)
    for pattern in patterns():
        if pattern.tree != "pages" or any(word in pattern.route for word in ENTRY):
            continue
        for address in addresses(pattern, world, person):
            if address.relation is not Relation.OWN:
                continue
            answer = who.page.get(address.path)
            kind = answer.get("Content-Type", "")
            if answer.status_code != 200 or answer.streaming or not kind.startswith("text/html"):
                continue
            if not answer.content.strip():
                continue
            tree = html.fromstring(answer.content.decode())
            yield who, OpenedPage(person, pattern.name, address.path, tree, answer.content)
