"""Cursors that send one statement per message and refuse statements that change role, path or
session.

The extended protocol takes a single statement, so nothing can be stacked behind an injected quote;
the list of first words refuses the rest (SET, RESET, DO, LISTEN, CALL …), whoever wrote it. Before
each statement the server's own word of where it stands is compared with the scope in force.
"""

from __future__ import annotations

import re

from django.db.backends.postgresql.base import Cursor
from psycopg import Connection
from psycopg._queries import PostgresQuery
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from config.wall import place
from tenants.context import current

FIRST_WORD = re.compile(
    rb"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|COPY|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT"
    rb"|DECLARE|FETCH|CLOSE|EXPLAIN|MERGE|\(|SET CONSTRAINTS)(?:\b|(?<=\())",
    re.IGNORECASE,
)
OF_SAVEPOINTS = re.compile(
    rb"\s*(?:SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b",
    re.IGNORECASE,
)


class WrongPlace(InsufficientPrivilege):
    """A cursor of one scope was used in another, or a rollback took the server back unnoticed."""


def check_place(statement: bytes, connection: Connection[TupleRow]) -> None:
    """Raises WrongPlace unless the connection stands in the scope in force.

    Savepoints belong to the transaction and not to a scope; an aborted transaction reads nothing.
    """
    if OF_SAVEPOINTS.match(statement) or place.is_aborted(connection):
        return
    if not place.stands_in(connection, current()):
        raise WrongPlace("the connection does not stand in the scope in force")


def check(statement: bytes) -> None:
    if not FIRST_WORD.match(statement):
        raise InsufficientPrivilege("this kind of statement is not allowed here")


class WallCursor(Cursor):
    """Django's client-side binding stays; only the protocol changes."""

    connection: Connection[TupleRow]  # psycopg's; the stubs of Django do not name it

    def _execute_send(
        self,
        query: PostgresQuery,
        *,
        force_extended: bool = False,
        binary: bool | None = None,
    ) -> None:
        check(query.query)
        check_place(query.query, self.connection)
        super()._execute_send(query, force_extended=True, binary=binary)
