"""The walk: every pattern × every person × own, a colleague's, another reseller's, no object × every method and body.

Each call runs in a transaction that is rolled back, so that the next one finds the same world.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client

from config.isolation import arguments
from config.isolation.arguments import Address, Relation, addresses
from config.isolation.bodies import Fields, queries
from config.isolation.callers import PRINCIPALS, Caller, caller
from config.isolation.patterns import Pattern, patterns
from config.isolation.verdicts import Finding, Tally, judge, text_of
from config.isolation.world.made import World

JSON = "application/json"
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Call:
    """One request. `sent` is what the caller knew before, in lower case."""

    method: str
    url: str
    data: Any = None
    headers: dict[str, str] | None = None
    as_json: bool = False


def walk(world: World, *, people: Iterable[str] = PRINCIPALS, only: Iterable[Pattern] | None = None, every: int = 1) -> Tally:
    """Call everything; `every` 10 samples a tenth of the addresses."""
    tally, known = Tally(), list(only) if only is not None else patterns()
    tally.patterns = [pattern.route for pattern in known]
    fields = Fields()
    for turn, name in enumerate(people):
        who = caller(world, name)
        rows = list(_rows(world, known, name, tally))[turn % every :: every]
        for step in (_looks, _writes):  # pages first: they tell the names of the fields
            for pattern, address in rows:
                for call in step(world, pattern, address, fields, turn):
                    _one(world, who, pattern, address, call, fields, tally)
    return tally


def _rows(world: World, known: list[Pattern], name: str, tally: Tally) -> Iterator[tuple[Pattern, Address]]:
    for pattern in known:
        try:
            found = addresses(pattern, world, name)
        except arguments.Unknown as argument:
            tally.without_row.append(f"{pattern.route} ({argument})")
            continue
        if not found:
            tally.without_row.append(f"{pattern.route} (no address leads here)")
        yield from ((pattern, address) for address in found)


def _looks(world: World, pattern: Pattern, address: Address, fields: Fields, turn: int) -> Iterator[Call]:
    yield Call("GET", address.path)
    if pattern.tree == "pages" and address.relation is Relation.OWN:
        yield Call("GET", address.path, headers=HTMX)
    if not pattern.arguments:
        for query in queries(world.beta):
            yield Call("GET", f"{address.path}?{query}")


def _writes(world: World, pattern: Pattern, address: Address, fields: Fields, turn: int) -> Iterator[Call]:
    yield Call("POST", address.path, {}, as_json=pattern.tree == "api")
    if pattern.tree == "api":
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            yield Call(method, address.path, fields.strange(turn), as_json=True)
        yield Call("PATCH", address.path, fields.forged(world.beta), as_json=True)
        yield Call("POST", address.path, [1], as_json=True)
    else:
        yield Call("POST", address.path, fields.garbage(turn))
    yield Call("POST", address.path, fields.forged(world.beta), as_json=pattern.tree == "api")


def _one(world: World, who: Caller, pattern: Pattern, address: Address, call: Call, fields: Fields, tally: Tally) -> None:
    client = who.api if pattern.tree == "api" else who.page
    response, text = _send(client, call)
    if call.method == "GET" and pattern.tree == "pages":
        fields.learn(text)
    for key, counts in ((response.status_code, tally.statuses), (pattern.tree, tally.trees), (who.kind, tally.people),
                        (str(address.relation), tally.relations)):  # fmt: skip
        counts[key] = counts.get(key, 0) + 1
    tally.calls += 1
    sent = f"{call.url} {call.data or ''}".lower()
    wrong = judge(response, text=text, words=world.words, person=who.name, relation=address.relation,
                  is_shared=arguments.is_shared(pattern), sent=sent)  # fmt: skip
    tally.findings += [Finding(what, who.name, call.method, call.url[:120], detail) for what, detail in wrong]


def _send(client: Client, call: Call) -> tuple[Any, str]:
    """The client's cookies are put back: a log-out or a switch lasts for one call."""
    kept = client.cookies.copy()
    with transaction.atomic():
        body, kind = (json.dumps(call.data), JSON) if call.as_json else (call.data, None)
        more: dict[str, Any] = {"content_type": kind} if kind else {}
        response: Any = getattr(client, call.method.lower())(call.url, body or {}, headers=call.headers, **more)
        text = text_of(response)
        transaction.set_rollback(True)
    client.cookies = kept
    return response, text
