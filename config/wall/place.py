"""Where a connection stands: role and path of a scope, and the mark by which the server reports them.

The mark is `application_name`, set in one message with role and path, so that all three change and
are rolled back together. The server reports every change of it without being asked, also after a
rollback to a savepoint; and an operator reads in `pg_stat_activity` who runs what.
"""

from __future__ import annotations

from psycopg import ClientCursor, Connection, DatabaseError
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier, Literal

from tenants.context import Scope

MARK = b"application_name"


def stands_in(connection: Connection[TupleRow], scope: Scope) -> bool:
    """Whether the server is in this scope: its own word, not what we believe we have set."""
    return connection.pgconn.parameter_status(MARK) == _mark(scope)


def is_aborted(connection: Connection[TupleRow]) -> bool:
    """Whether the server refuses everything but a rollback."""
    return connection.info.transaction_status == TransactionStatus.INERROR


def enter(connection: Connection[TupleRow], scope: Scope) -> None:
    """Go there, in one round trip."""
    path = [scope.schema] if scope.schema == "public" else [scope.schema, "public"]
    statement = SQL("SET ROLE {}; SET search_path = {}; SET application_name = {}").format(
        Identifier(scope.role),
        SQL(",").join(map(Identifier, path)),
        Literal(_mark(scope).decode()),
    )
    # a plain client cursor: the only place that may send several statements
    with ClientCursor(connection) as cursor:
        cursor.execute(statement)


def answers(connection: Connection[TupleRow]) -> bool:
    """Whether the server still answers on this connection, wherever it stands."""
    try:
        with ClientCursor(connection) as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _mark(scope: Scope) -> bytes:
    return f"{scope.role}/{scope.schema}".encode()
