"""HEAD on a connection that lives on: the next answer begins where the last one ended."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from waitress.server import create_server


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """The real application behind the real server."""
    from config.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=1)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield "127.0.0.1", server.effective_port
    server.close()


def read(sender: socket.socket, method: str, path: str) -> tuple[str, bytes]:
    """The headers of an answer, and all that came behind them within a moment."""
    host = "Host: 127.0.0.1\r\n"
    sender.sendall(f"{method} {path} HTTP/1.1\r\n{host}\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += sender.recv(65536)
    sender.settimeout(0.3)
    try:
        while piece := sender.recv(65536):
            answer += piece
    except TimeoutError:
        pass
    sender.settimeout(10)
    headers, _, body = answer.partition(b"\r\n\r\n")
    return headers.decode(), body


def test_a_head_is_answered_without_a_body(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=10) as sender:
        headers, body = read(sender, "HEAD", "/healthz")
        assert headers.startswith("HTTP/1.1 200") and body == b""
        headers, body = read(sender, "GET", "/healthz")
        assert headers.startswith("HTTP/1.1 200") and body
