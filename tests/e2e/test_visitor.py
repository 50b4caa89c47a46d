"""What a visitor complains of: the answers nobody has allowed, however late the browser tells of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser]
LATE = 1.0  # seconds
SEND = "async (path) => { window.answers = []; answers.push((await fetch(path)).status); }"
BEGIN = "(path) => { window.answers = []; fetch(path).then((one) => answers.push(one.status)); }"


class Refusing(BaseHTTPRequestHandler):
    """A page at `/`; everything else is refused with 422, `/late` after a while."""

    def do_GET(self) -> None:
        if self.path == "/late":
            time.sleep(LATE)
        self.send_response(200 if self.path == "/" else 422)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Page</title><link rel=icon href=data:,>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def guest(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    visitor = Visitor(browser, f"http://127.0.0.1:{server.server_port}", tmp_path)
    visitor.go("/")
    yield visitor
    visitor.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_allowance_belongs_to_what_was_asked_inside(guest: Visitor) -> None:
    """The answer comes when the allowance is over; the console speaks of it, too."""
    with guest.allowing(422):
        guest.page.evaluate(BEGIN, "/late")
    guest.page.wait_for_function("answers.length === 1")
    guest.page.wait_for_timeout(100)
    assert guest.complaints == []


def test_what_was_asked_outside_is_complained_of(guest: Visitor) -> None:
    """Once an answer, with its method; before the allowance, inside it with another status, after it."""
    guest.page.evaluate(BEGIN, "/late")
    with guest.allowing(422, 404):
        guest.page.wait_for_function("answers.length === 1")
    with guest.allowing(409):
        guest.page.evaluate(SEND, "/other")
    guest.page.evaluate(SEND, "/after")
    guest.page.wait_for_timeout(100)
    paths = [line.removeprefix(f"GET {guest.url}") for line in guest.complaints]
    assert paths == ["/late: 422", "/other: 422", "/after: 422"]
