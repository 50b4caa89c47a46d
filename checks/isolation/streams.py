"""The tree of event streams: an ASGI application with one address, opened by a signed ticket and by
nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.parse import quote

from checks.isolation.arguments import Relation
from checks.isolation.verdicts import Finding, Tally
from checks.isolation.world.made import World
from tenants.context import inside
from tenants.kit import events

ADDRESS = "events/?ticket="


def walk(world: World, *, people: Iterable[str]) -> Tally:
    """No ticket, a foreign channel's name unsigned or signed with another key, a real ticket that
    was changed.
    """
    tally = Tally(patterns=[ADDRESS])
    for person in people:
        for relation, ticket in _tickets(world):
            status, body = asyncio.run(_ask(ticket))
            tally.count(status, "events", person, relation)
            if status != 403 or body:
                tally.findings.append(
                    Finding(
                        "let in",
                        person,
                        "GET",
                        f"{ADDRESS}{ticket[:40]}",
                        f"{status} ({relation})",
                    )
                )
    return tally


def _tickets(world: World) -> list[tuple[Relation, str]]:
    with inside(world.beta.info.scope):
        theirs = events.channel("documents")
        signed = events.ticket("documents")
    with inside(world.alpha.info.scope):
        own = events.ticket("documents")
    moved = own.replace(world.alpha.info.schema, world.beta.info.schema)
    return [
        (Relation.NONE, ""),
        (Relation.NONE, "zzz"),
        (Relation.RESELLER, theirs),
        (Relation.RESELLER, f"{theirs}:1:zzz"),
        (Relation.RESELLER, moved),
        (Relation.RESELLER, signed[:-1]),
    ]


async def _ask(ticket: str) -> tuple[int, bytes]:
    """One request to the event server's application; it hangs up at once."""
    from config.events import Message, application

    sent: list[Message] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "path": "/",
        "query_string": f"ticket={quote(ticket)}".encode(),
    }
    await application(scope, receive, send)
    return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent[1:])
