"""The walk: every pattern × every person × own, a colleague's, another reseller's, no object ×
every method and body.

Each call runs in a transaction that is rolled back, so that the next one finds the same world.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import (
    BOUNDARY,
    MULTIPART_CONTENT,
    encode_multipart,
)
from psycopg.pq import TransactionStatus

from checks.isolation import arguments
from checks.isolation.api_bodies import fitted
from checks.isolation.arguments import Address, Relation, addresses
from checks.isolation.bodies import Fields, queries
from checks.isolation.callers import PRINCIPALS, Caller, caller
from checks.isolation.patterns import Pattern, patterns
from checks.isolation.verdicts import (
    Finding,
    Tally,
    is_turned_away,
    judge,
    text_of,
)
from checks.isolation.world.made import World
from tenants.context import GATE, inside

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
FROM pg_stat_xact_user_tables WHERE schemaname = %s
"""
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Call:
    """One request. `sent` is what the caller knew before, in lower case."""

    method: str
    url: str
    data: object = None
    headers: dict[str, str] | None = None
    as_json: bool = False


def walk(
    world: World,
    *,
    people: Iterable[str] = PRINCIPALS,
    only: Iterable[Pattern] | None = None,
    every: int = 1,
) -> Tally:
    """Call everything; `every` 10 samples a tenth of the patterns, others for each person."""
    tally = Tally()
    routes = list(only) if only is not None else patterns()
    tally.patterns = [pattern.route for pattern in routes]
    shut: set[tuple[str, str]] = (
        set()
    )  # to the first of a kind by every method: the second one only looks
    for name in people:
        turn = PRINCIPALS.index(name)
        who = caller(world, name)
        fields = Fields()
        rows = [
            (pattern, _row(world, pattern, name, tally))
            for pattern in routes[turn % every :: every]
        ]
        opened = {
            pattern.route: _look(world, who, pattern, row, fields, tally) for pattern, row in rows
        }
        for (
            pattern,
            row,
        ) in rows:  # pages first: they tell the names of the fields
            door = who.kind, pattern.route
            if who.is_first or door not in shut:
                let_in = _write(
                    world,
                    who,
                    pattern,
                    row,
                    fields,
                    tally,
                    turn=turn,
                    opened=opened[pattern.route],
                )
                shut |= set() if let_in or opened[pattern.route] else {door}
    return tally


def _row(
    world: World,
    pattern: Pattern,
    name: str,
    tally: Tally,
) -> list[Address]:
    try:
        row = addresses(pattern, world, name)
    except arguments.Unknown as argument:
        tally.without_row.append(f"{pattern.route} ({argument})")
        return []
    if not row:
        tally.without_row.append(f"{pattern.route} (no address leads here)")
    return row


def _look(
    world: World,
    who: Caller,
    pattern: Pattern,
    row: list[Address],
    fields: Fields,
    tally: Tally,
) -> bool:
    """GET each address, of a shut relation the first; what opened also as htmx, a list with every
    question it is asked.

    True when one opened.
    """
    opened = False
    shut: set[Relation] = set()
    for address in row:
        if address.relation in shut:
            continue
        if not _one(
            world,
            who,
            pattern,
            address,
            Call("GET", address.path),
            fields,
            tally,
        ):
            shut.add(address.relation)
        else:
            opened = True
            if pattern.tree == "pages" and address.relation is Relation.OWN:
                _one(
                    world,
                    who,
                    pattern,
                    address,
                    Call("GET", address.path, headers=HTMX),
                    fields,
                    tally,
                )
    if row and not pattern.arguments and (opened or who.is_first) and pattern.tree != "admin":
        for query in queries(world.beta, pattern.tree):
            if (
                not _one(
                    world,
                    who,
                    pattern,
                    row[0],
                    Call("GET", f"{row[0].path}?{query}"),
                    fields,
                    tally,
                )
                and not opened
            ):
                break
    return opened


def _write(
    world: World,
    who: Caller,
    pattern: Pattern,
    row: list[Address],
    fields: Fields,
    tally: Tally,
    *,
    turn: int,
    opened: bool,
) -> bool:
    """Every address by every method with another's ids; where the door is open, also nothing and
    garbage.

    An open door is an own page that opened, or a POST that was not turned away. Where it is shut,
    it is shut before any body is read, and one body tries it. True when some call was let in.
    """
    is_api = pattern.tree == "api"
    anything = False
    forged = fields.forged(world.beta)
    strange = fields.strange(turn)

    def sent(
        method: str,
        values: dict[str, object],
    ) -> object:
        return fitted(pattern.route, method, values) if is_api else values

    shut: set[Relation] = set()
    for number, address in enumerate(row):
        if address.relation in shut:
            continue
        let_in = _one(
            world,
            who,
            pattern,
            address,
            Call("POST", address.path, sent("POST", forged), as_json=is_api),
            fields,
            tally,
        )
        is_own = address.relation is Relation.OWN
        if is_api and (number == 0 or not is_own):
            for method in ("PUT", "PATCH", "DELETE"):
                let_in |= _one(
                    world,
                    who,
                    pattern,
                    address,
                    Call(
                        method,
                        address.path,
                        sent(method, forged),
                        as_json=True,
                    ),
                    fields,
                    tally,
                )
        anything |= let_in
        if not let_in and not (is_own and opened):
            shut.add(address.relation)
        if number == 0 or (is_own and who.is_first and (let_in or opened)):
            for call in _nonsense(address.path, fields.garbage(turn), sent, strange, is_api):
                _one(world, who, pattern, address, call, fields, tally)
    return anything


def _nonsense(
    path: str,
    garbage: dict[str, object],
    sent: Callable[[str, dict[str, object]], object],
    strange: dict[str, object],
    is_api: bool,
) -> Iterator[Call]:
    yield Call("POST", path, {}, as_json=is_api)
    if is_api:
        yield Call("POST", path, sent("POST", strange), as_json=True)
        yield Call("PATCH", path, sent("PATCH", strange), as_json=True)
        yield Call("PUT", path, [1], as_json=True)
    else:
        yield Call("POST", path, garbage)


def _one(
    world: World,
    who: Caller,
    pattern: Pattern,
    address: Address,
    call: Call,
    fields: Fields,
    tally: Tally,
) -> bool:
    """One call, counted and judged. False when the person was turned away."""
    client = who.api if pattern.tree == "api" else who.page
    response, text, written = _send(client, call, world.beta.info.schema)
    if call.method == "GET" and pattern.tree == "pages":
        fields.learn(text)
    tally.count(response.status_code, pattern.tree, who.name, address.relation)
    sent = f"{call.url} {call.data or ''}".lower()
    wrong = judge(
        response,
        text=text,
        words=world.words,
        person=who.name,
        relation=address.relation,
        is_shared=arguments.is_shared(pattern, who.name),
        sent=sent,
    )
    tally.findings += [
        Finding(what, who.name, call.method, call.url[:120], detail) for what, detail in wrong
    ]
    if written and not _may_write_there(pattern, address):
        tally.findings.append(
            Finding(
                "write",
                who.name,
                call.method,
                call.url[:120],
                f"{written} rows of {world.beta.word}",
            )
        )
    return not is_turned_away(response)


def _may_write_there(pattern: Pattern, address: Address) -> bool:
    """Whoever drives for the other reseller tells it so, by an own job; a link's holder joins; the
    panel switches people on and off everywhere."""
    if pattern.tree == "admin" or pattern.route.startswith("invitations/"):
        return True
    return address.relation is Relation.OWN and any(
        part in pattern.route for part in ("jobs/", "trips/")
    )


def _send(
    client: Client,
    call: Call,
    elsewhere: str,
) -> tuple[HttpResponseBase, str, int]:
    """Answer, its text, and rows written in the other reseller's schema.

    The client's cookies are put back: a log-out or a switch lasts for one call.
    """
    kept = copy(client.cookies)
    writes = call.method != "GET"
    before = _written(elsewhere) if writes else 0
    with (
        inside(GATE),
        transaction.atomic(),
    ):  # a savepoint needs a scope; the request opens its own
        body, kind = _encoded(call)
        response = client.generic(call.method, call.url, body, kind, headers=call.headers)
        text = text_of(response)
        after = _written(elsewhere) - before if writes and not is_turned_away(response) else 0
        transaction.set_rollback(True)
    client.cookies = kept
    return response, text, after


def _written(schema: str) -> int:
    """Rows touched there that PostgreSQL has not yet put into its statistics: older transactions'
    too, so only a difference tells. None in a broken transaction."""
    if (
        connection.connection
        and connection.connection.info.transaction_status == TransactionStatus.INERROR
    ):
        return 0
    with inside(GATE), connection.cursor() as cursor:
        cursor.execute(WRITTEN, [schema])
        return int(cursor.fetchone()[0])


def _encoded(call: Call) -> tuple[str | bytes, str]:
    """JSON for the API, a form for pages, in parts only where a file goes with it."""
    if call.as_json:
        return json.dumps(call.data), JSON
    if not isinstance(call.data, dict):
        return b"", FORM
    if any(hasattr(value, "read") for value in call.data.values()):
        return encode_multipart(BOUNDARY, call.data), MULTIPART_CONTENT
    return urlencode(call.data), FORM
