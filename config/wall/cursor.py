"""Cursors that send one statement per message and refuse statements that change role, path or
session.

The extended protocol takes a single statement, so nothing can be stacked behind an injected quote;
the list of first words refuses the rest (SET, RESET, DO, LISTEN, CALL …), whoever wrote it.
"""

from __future__ import annotations

import re

from django.db.backends.postgresql.base import Cursor
from psycopg._queries import PostgresQuery
from psycopg.errors import InsufficientPrivilege

FIRST_WORD = re.compile(
    rb"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|COPY|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT"
    rb"|DECLARE|FETCH|CLOSE|EXPLAIN|MERGE|\(|SET CONSTRAINTS)(?:\b|(?<=\())",
    re.IGNORECASE,
)


def check(statement: bytes) -> None:
    if not FIRST_WORD.match(statement):
        raise InsufficientPrivilege("this kind of statement is not allowed here")


class WallCursor(Cursor):
    """Django's client-side binding stays; only the protocol changes."""

    def _execute_send(
        self,
        query: PostgresQuery,
        *,
        force_extended: bool = False,
        binary: bool | None = None,
    ) -> None:
        check(query.query)
        super()._execute_send(query, force_extended=True, binary=binary)
