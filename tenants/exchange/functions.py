"""The SQL that is the exchange, read from sql/*.sql for the migration that installs it."""

from __future__ import annotations

from pathlib import Path

SQL = Path(__file__).with_name("sql")
FILES = (
    "helpers.sql",
    "listings.sql",
    "offers.sql",
    "terms.sql",
    "jobs.sql",
    "policies.sql",
)
INSTALL: list[str] = [(SQL / name).read_text(encoding="utf-8") for name in FILES]
