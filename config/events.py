"""Event streams (ASGI): progress of long work as server-sent events, opened with a signed 60-second
ticket.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django

django.setup()

import redis.asyncio as redis  # noqa: E402
from django.conf import settings  # noqa: E402

from tenants.kit.events import BadTicket, channel_of  # noqa: E402

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
KEEP_ALIVE_SECONDS = 15.0
LONGEST_SECONDS = 5 * 60  # then the page asks again, which takes a session
ORIGIN = settings.PUBLIC_URL.encode()


class Fan:
    """One subscription to Redis for the whole process, fanned out to the open streams."""

    def __init__(self) -> None:
        self.queues: dict[str, set[asyncio.Queue[bytes]]] = {}
        self.reader: asyncio.Task[None] | None = None

    def join(self, channel: str) -> asyncio.Queue[bytes]:
        if self.reader is None or self.reader.done():
            self.reader = asyncio.create_task(self._read())
        queue: asyncio.Queue[bytes] = asyncio.Queue(100)
        self.queues.setdefault(channel, set()).add(queue)
        return queue

    def leave(self, channel: str, queue: asyncio.Queue[bytes]) -> None:
        self.queues[channel].discard(queue)
        if not self.queues[channel]:
            del self.queues[channel]

    async def _read(self) -> None:
        while True:
            try:
                async with (
                    redis.Redis.from_url(settings.REDIS_URL) as client,
                    client.pubsub() as pubsub,
                ):
                    await pubsub.psubscribe("events:*")
                    async for message in pubsub.listen():
                        if message["type"] == "pmessage":
                            self._spread(
                                message["channel"].decode(),
                                message["data"],
                            )
            except (redis.RedisError, OSError):
                await asyncio.sleep(1)

    def _spread(self, channel: str, data: bytes) -> None:
        for queue in self.queues.get(channel, ()):
            if not queue.full():
                queue.put_nowait(data)


fan = Fan()


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Send,
) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    ticket = parse_qs(scope.get("query_string", b"").decode()).get("ticket", [""])[0]
    try:
        channel = channel_of(ticket)
    except BadTicket:
        await _answer(send, 403)
        return
    await _stream(channel, receive, send)


async def _lifespan(receive: Callable[[], Awaitable[Message]], send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _answer(send: Send, status: int) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain")],
        }
    )
    await send({"type": "http.response.body", "body": b""})


async def _stream(channel: str, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"access-control-allow-origin", ORIGIN),
        (b"access-control-allow-credentials", b"true"),
    ]
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": headers,
        }
    )
    queue = fan.join(channel)
    gone = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait_for(_pump(queue, gone, send), LONGEST_SECONDS)
    except TimeoutError:
        pass
    finally:
        fan.leave(channel, queue)
        gone.cancel()


async def _gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pump(queue: asyncio.Queue[bytes], gone: asyncio.Task[None], send: Send) -> None:
    while not gone.done():
        try:
            data = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
        except TimeoutError:
            data = b""
        body = b"data: " + data + b"\n\n" if data else b": still here\n\n"
        await send(
            {
                "type": "http.response.body",
                "body": body,
                "more_body": True,
            }
        )
