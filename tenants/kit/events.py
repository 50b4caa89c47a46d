"""News for open pages: published to Redis, read by the event server, opened with a signed ticket.

Losing one is harmless: a page also asks again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import redis
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from tenants.context import current
from tenants.kit.doors import current_door

TICKET_SECONDS = 60
_signer = TimestampSigner(salt="events")
_client: redis.Redis | None = None


class BadTicket(Exception):
    """Forged, or older than a minute."""


def channel(topic: str) -> str:
    """The channel of a topic in the scope in force: no reseller hears another's."""
    return f"events:{current().role}:{topic}"


def ticket(topic: str) -> str:
    return _signer.sign(channel(topic))


def channel_of(signed: str) -> str:
    """Raises BadTicket."""
    try:
        return _signer.unsign(signed, max_age=TICKET_SECONDS)
    except BadSignature as problem:
        raise BadTicket from problem


def publish(topic: str, news: Mapping[str, object]) -> None:
    """Tell the open pages; without Redis nothing is said and nothing fails."""
    global _client
    if _client is None:
        _client = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=0.5,
            socket_timeout=0.5,
        )
    try:
        _client.publish(channel(topic), json.dumps(news))
    except redis.RedisError:
        return


def stream_url(topic: str) -> str:
    """Where a page listens; behind a proxy the same origin, else the event server's own port."""
    base = "/events" if current_door() else settings.EVENTS_URL or "/events"
    return f"{base}/?ticket={ticket(topic)}"
