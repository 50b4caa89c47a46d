"""Slow senders, slow readers and dead processes of the page server (FAULTS E2)."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import web
from config.processes import ROOT

pytestmark = pytest.mark.slow
HEAD = b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"
SLOW = 200


class Site:
    """The page server of the product on a port of its own."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process

    def status(self, path: str, *, host: str = "127.0.0.1") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": host})
            return connection.getresponse().status
        finally:
            connection.close()

    def open_slow_body(self) -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port))
        client.sendall(HEAD + b"login=")
        return client

    def workers(self) -> list[int]:
        return [child.pid for child in psutil.Process(self.process.pid).children()]


@pytest.fixture
def site(committed: None, tmp_path: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = os.environ | {"STATE_DIR": str(tmp_path), "PORT": str(port)}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "config.web", "--port", str(port)]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    own = Site(port, process)
    until_it_answers(own)
    yield own
    process.terminate()
    process.wait(10)


def until_it_answers(site: Site) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if site.status("/healthz") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the page server did not start")


def test_two_hundred_slow_bodies_hold_nobody_up(site: Site) -> None:
    senders = [site.open_slow_body() for _ in range(SLOW)]
    try:
        for _ in range(5):
            for sender in senders:
                sender.sendall(b"x")
            assert site.status("/login/") == 200
            assert site.status("/healthz/") == 200
    finally:
        for sender in senders:
            sender.close()
    assert site.status("/login/") == 200


def test_a_process_that_died_is_started_again(site: Site) -> None:
    victims = site.workers()
    assert len(victims) == 2
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    until_it_answers(site)
    assert not set(victims) & set(site.workers())


def test_the_processes_end_with_their_parent(site: Site) -> None:
    workers = site.workers()
    site.process.kill()
    site.process.wait(10)
    _ended, alive = psutil.wait_procs(
        [psutil.Process(pid) for pid in workers if psutil.pid_exists(pid)], 10
    )
    assert alive == []


def test_a_taken_port_is_said_in_one_line(site: Site) -> None:
    command = [sys.executable, "-m", "config.web", "--port", str(site.port)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert second.stderr.startswith(f"127.0.0.1:{site.port} cannot be used")
    assert second.stderr.count("\n") == 1


class Request:
    def __init__(self, path: str) -> None:
        self.path = path


class Task:
    """What waitress hands to a dispatcher: a connection with its requests."""

    def __init__(self, path: str, wait: threading.Event | None = None) -> None:
        self.requests = [Request(path)]
        self.wait = wait
        self.done = threading.Event()

    def service(self) -> None:
        if self.wait:
            self.wait.wait(20)
        self.done.set()


def test_health_answers_while_every_thread_is_held() -> None:
    release = threading.Event()
    dispatcher = web.Dispatcher(threads=2)
    pages = [Task("/orders/", release) for _ in range(6)]
    health = Task("/healthz/")
    for task in [*pages, health]:
        dispatcher.add_task(task)
    assert health.done.wait(10)
    assert not any(page.done.is_set() for page in pages)
    release.set()
    assert all(page.done.wait(10) for page in pages)


def test_a_request_that_trickles_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(web.time, "monotonic", lambda: now[0])
    channel = web.Channel.__new__(web.Channel)
    monkeypatch.setattr(web.HTTPChannel, "received", lambda self, data: True)
    channel.request, channel.will_close = None, False
    assert channel.received(b"POST / HTTP/1.1\r\n")
    channel.request = Request("/")
    now[0] += web.LONGEST_REQUEST
    assert channel.received(b"x") and not channel.will_close
    now[0] += 1
    assert not channel.received(b"x") and channel.will_close
