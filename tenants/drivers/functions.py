"""The SQL that makes the pool safe, read from sql/*.sql for the migration that installs it."""

from __future__ import annotations

from pathlib import Path

SQL = Path(__file__).with_name("sql")
INSTALL: list[str] = [
    (SQL / name).read_text(encoding="utf-8") for name in ("functions.sql", "policies.sql")
]
