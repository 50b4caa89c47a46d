"""Tickets of the event streams, and news that stay with their reseller."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tenants.context import NoContext, inside
from tenants.kit import events
from tests.world import Cast


def test_a_ticket_names_the_channel_of_the_open_scope(
    in_alpha: Cast,
) -> None:
    assert events.channel_of(events.ticket("orders")) == f"events:{in_alpha.info.schema}:orders"


def test_a_ticket_cannot_be_turned_to_another_reseller(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        ticket = events.ticket("orders")
    forged = ticket.replace(alpha.info.schema, beta.info.schema)
    with pytest.raises(events.BadTicket):
        events.channel_of(forged)


@pytest.mark.parametrize(
    "ticket",
    ["", "x", "events:gate:orders", "events:t_aaaaaaaa:orders:abc:def"],
)
def test_a_ticket_of_somebody_s_making_is_refused(ticket: str) -> None:
    with pytest.raises(events.BadTicket):
        events.channel_of(ticket)


def test_a_ticket_lasts_a_minute(in_alpha: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    ticket = events.ticket("orders")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 59)
    assert events.channel_of(ticket)
    monkeypatch.setattr(time, "time", lambda: now + 62)
    with pytest.raises(events.BadTicket):
        events.channel_of(ticket)


def test_a_ticket_of_another_signer_is_refused(in_alpha: Cast) -> None:
    from django.core.signing import TimestampSigner

    with pytest.raises(events.BadTicket):
        events.channel_of(TimestampSigner(salt="reseller-stamp").sign(events.channel("orders")))


def test_without_a_scope_there_is_no_channel() -> None:
    with pytest.raises(NoContext):
        events.ticket("orders")


def test_news_reach_only_the_own_channel(alpha: Cast, beta: Cast) -> None:
    import redis
    from django.conf import settings

    with (
        redis.Redis.from_url(settings.REDIS_URL) as client,
        client.pubsub() as listener,
    ):
        with inside(beta.scope):
            listener.subscribe(events.channel("orders"))
        listener.get_message(timeout=1)
        with inside(alpha.scope):
            events.publish("orders", {"ref": "ORD-1"})
        assert listener.get_message(timeout=0.2) is None
        with inside(beta.scope):
            events.publish("orders", {"ref": "ORD-2"})
        message = listener.get_message(timeout=2)
        assert message and message["data"] == b'{"ref": "ORD-2"}'


def ask_server(query: bytes) -> list[dict[str, Any]]:
    """One call of the event server; the client hangs up at once."""
    from config.events import application

    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def call() -> None:
        await asyncio.wait_for(
            application({"type": "http", "query_string": query}, receive, send),
            20,
        )

    asyncio.run(call())
    return sent


@pytest.mark.parametrize("query", [b"", b"ticket=", b"ticket=forged", b"ticket=%00"])
def test_the_server_opens_nothing_without_a_ticket(
    query: bytes,
) -> None:
    assert ask_server(query)[0]["status"] == 403


@pytest.mark.slow
def test_the_server_opens_a_stream_and_ends_when_the_page_goes(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config import events as server

    monkeypatch.setattr(server, "fan", server.Fan())
    monkeypatch.setattr(server, "KEEP_ALIVE_SECONDS", 0.5)
    sent = ask_server(f"ticket={events.ticket('orders')}".encode())
    assert sent[0]["status"] == 200
    assert (b"content-type", b"text/event-stream") in sent[0]["headers"]
    assert server.fan.queues == {}
