"""`script/serve` is alone on its state and on its ports, and says so in plain words (FAULTS G9)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.before_serving import CannotServe, Servers, check_ports, only_one
from config.processes import ROOT


def serve(state: Path, port: int) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"STATE_DIR": str(state), "PORT": str(port)}
    command = [sys.executable, "-m", "config.supervise"]
    return subprocess.run(
        command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=60
    )


def test_a_second_start_says_who_runs_and_touches_nothing(tmp_path: Path) -> None:
    with only_one(tmp_path, "http://127.0.0.1:8000/"):
        second = serve(tmp_path, 8010)
    assert second.returncode == 1
    running = f"It is running already: http://127.0.0.1:8000/, process {os.getpid()}."
    assert second.stderr.strip() == running
    assert sorted(path.name for path in tmp_path.iterdir()) == ["serve.lock", "static"]


def test_the_lock_of_a_dead_one_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "serve.lock").write_text("http://127.0.0.1:8000/, process 1")
    with ExitStack() as stack:
        stack.enter_context(only_one(tmp_path, "http://127.0.0.1:9000/"))
        with pytest.raises(CannotServe, match="9000"):
            stack.enter_context(only_one(tmp_path, ""))


@pytest.mark.parametrize("place", [0, 1])
def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path, place: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        refused = serve(tmp_path, taken - place)
    assert refused.returncode == 1
    assert f"127.0.0.1:{taken} cannot be used" in refused.stderr
    assert "PORT=8010 script/serve" in refused.stderr
    assert not (tmp_path / "postgres").exists()


def test_a_port_that_is_none_is_said() -> None:
    with pytest.raises(CannotServe, match="70000"):
        check_ports("127.0.0.1", 70000)


def test_what_died_is_started_again_and_named(tmp_path: Path) -> None:
    with ExitStack() as stack:
        servers = Servers(tmp_path, stack)
        valkey = servers.start_valkey()
        assert servers.revive() == []
        valkey.stop()
        assert servers.revive() == ["Valkey"]
        assert valkey.is_running()
    assert not valkey.is_running()
