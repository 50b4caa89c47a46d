"""`script/setup` where the path has a space and the home cannot be written (FAULTS G9)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from config.processes import ROOT

NOBODY_WRITES_HERE = "/proc/home"  # not even root


def set_up(folder: Path, **env: str) -> str:
    """Run it with programs that only say what they were told. Gives the cache that uv was told."""
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (folder / "script").mkdir()
    for name in ("script/setup", "script/uv.txt", "uv.lock"):
        shutil.copy(ROOT / name, folder / name)
    for name, does in (("python", "true"), ("uv", 'printf "%s" "$UV_CACHE_DIR" > told')):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    plain = {"PATH": os.environ["PATH"]}
    subprocess.run(["bash", folder / "script" / "setup"], env=plain | env, check=True, cwd="/")
    return (folder / "told").read_text()


def test_a_home_that_can_be_written_keeps_the_packages(tmp_path: Path) -> None:
    assert set_up(tmp_path / "with space", HOME=str(tmp_path)) == f"{tmp_path}/.cache/uv"


def test_else_they_are_kept_beside_the_environment(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    assert set_up(folder, HOME=NOBODY_WRITES_HERE) == f"{folder}/.venv/.cache"
