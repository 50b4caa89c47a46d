"""The files of the product that are written by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

NOT_WRITTEN = ("static/vendor/", "static/icons.svg")
NOT_PRODUCT = ("tests/",)


@dataclass(frozen=True)
class SourceFile:
    """One file: its name from the top of the tree and its text."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def product_files(*suffixes: str) -> list[SourceFile]:
    """Tracked files with these endings, without tests, migrations and vendored libraries."""
    return [file for file in _tracked(suffixes) if not file.name.startswith(NOT_PRODUCT)]


def test_files() -> list[SourceFile]:
    return [file for file in _tracked((".py",)) if file.name.startswith(NOT_PRODUCT)]


def _tracked(suffixes: tuple[str, ...]) -> Iterator[SourceFile]:
    root = Path(settings.BASE_DIR)
    command = [
        "git",
        "-C",
        str(root),
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    for name in listed.splitlines():
        path = root / name
        is_migration = "/migrations/" in name
        is_ours = name.endswith(suffixes) and not name.startswith(NOT_WRITTEN)
        if is_ours and not is_migration and path.exists():
            yield SourceFile(name, path.read_text(encoding="utf-8"))
