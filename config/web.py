"""The page server: waitress in a few processes on one socket (docs/adr/0010).

A request is read whole, by a loop that holds no thread, before it gets one: slow bodies and slow
readers keep nobody waiting (FAULTS E2). `/healthz` has a thread of its own.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher

from config.processes import die_with_parent

LONGEST_REQUEST = 120.0  # seconds from its first byte to its last
IDLE = 30  # seconds of a silent connection
MOST_CONNECTIONS = 2000  # of a process
LARGEST = 102 * 1024 * 1024  # bytes; tenants/kit/body_limit.py refuses less with words
BACKLOG = 1024
RESTART_AFTER = 1.0  # seconds


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress brings no types
    """A connection; a request that trickles in longer than its deadline ends it."""

    started = 0.0

    def received(self, data: bytes) -> bool:
        now = time.monotonic()
        if self.request is None:
            self.started = now
        elif now - self.started > LONGEST_REQUEST:
            self.will_close = True
            return False
        return bool(super().received(data))


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads for pages, and one that answers whether the process lives, whatever the others do."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.health = ThreadedTaskDispatcher()
        self.health.set_thread_count(1)
        self.set_thread_count(threads)

    def add_task(
        self,
        task: Any,
    ) -> None:
        requests = task.requests
        if requests and requests[0].path.rstrip("/") == "/healthz":
            self.health.add_task(task)
        else:
            super().add_task(task)


def serve(listener: socket.socket, threads: int) -> None:
    """One process: it runs until it is stopped."""
    from config.wsgi import application

    server = create_server(
        application,
        _dispatcher=Dispatcher(threads),
        sockets=[listener],
        threads=threads,
        ident=None,
        channel_timeout=IDLE,
        cleanup_interval=5,
        connection_limit=MOST_CONNECTIONS,
        max_request_body_size=LARGEST,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=False,  # tenants/kit/limits.py reads them by TRUSTED_PROXY_COUNT
    )
    server.channel_class = Channel
    server.run()


class Parent:
    """Keeps the processes of one socket alive and ends them with itself."""

    def __init__(
        self,
        listener: socket.socket,
        threads: int,
    ) -> None:
        self.listener = listener
        self.threads = threads
        self.children: set[int] = set()

    def run(self, workers: int) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        for _ in range(workers):
            self.start_child()
        while True:
            child, status = os.wait()
            self.children.discard(child)
            print(f"web process {child} ended with {status}", file=sys.stderr, flush=True)
            time.sleep(RESTART_AFTER)
            self.start_child()

    def start_child(self) -> None:
        bind = die_with_parent(signal.SIGTERM)
        child = os.fork()
        if child:
            self.children.add(child)
            return
        bind()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        serve(self.listener, self.threads)
        os._exit(1)

    def stop(
        self,
        _signal: int,
        _frame: FrameType | None,
    ) -> None:
        for child in self.children:
            os.kill(child, signal.SIGTERM)
        os._exit(0)


def listen(host: str, port: int) -> socket.socket:
    """The socket all processes share. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    try:
        listener = listen(options.host, options.port)
    except OSError as problem:
        print(f"{options.host}:{options.port} cannot be used: {problem}", file=sys.stderr)
        return 1
    return Parent(listener, options.threads).run(options.workers)


if __name__ == "__main__":
    sys.exit(main())
