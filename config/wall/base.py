"""Database backend of the walled `app` login: obeys `tenants.context`, one round trip per change of
scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.utils import CursorWrapper
from django_tenants.postgresql_backend import base as tenants_backend
from psycopg import ClientCursor
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Identifier

from config.wall.cursor import WallCursor
from tenants.context import GATE, Scope, current, inside


class Tenant(Protocol):
    """What django-tenants hands over when it starts."""

    schema_name: str


class DatabaseWrapper(tenants_backend.DatabaseWrapper):
    _open: Scope | None = None
    tenant: Tenant | None

    def get_connection_params(self) -> dict[str, object]:
        params: dict[str, object] = super().get_connection_params()
        params["cursor_factory"] = WallCursor
        return params

    def set_tenant(self, tenant: Tenant, include_public: bool = True) -> None:
        """The scope comes from the ContextVar alone; only django-tenants' own start-up call is let
        through.
        """
        if self.tenant is not None:
            raise ImproperlyConfigured("open a scope with tenants.context.inside(…) instead")
        self.tenant = tenant
        self.schema_name = tenant.schema_name

    def _cursor(self, name: str | None = None) -> CursorWrapper:
        scope = current()
        cursor: CursorWrapper = super()._cursor(name)  # connects, and so may forget what was open
        self._enter(scope)
        return cursor

    def _handle_search_path(self, cursor: object = None) -> None:
        """django-tenants' hook; `_enter` does the work."""

    def _enter(self, scope: Scope) -> None:
        if scope == self._open:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            # the server refuses everything but a rollback; set again on the next cursor
            self._open = None
            return
        self._open = None
        path = [scope.schema] if scope.schema == "public" else [scope.schema, "public"]
        statement = SQL("SET ROLE {}; SET search_path = {}").format(
            Identifier(scope.role),
            SQL(",").join(map(Identifier, path)),
        )
        # a plain client cursor: the only place that may send two statements
        with ClientCursor(self.connection) as cursor:
            cursor.execute(statement)
        self._open = scope

    def _forget(self) -> None:
        self._open = None

    def close(self) -> None:
        self._forget()
        super().close()

    def connect(self) -> None:
        self._forget()
        super().connect()

    def rollback(self) -> None:
        """A SET is transactional: rolling back reverts it on the server."""
        self._forget()
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        try:
            super().savepoint_rollback(sid)
        finally:
            self._forget()

    def check_constraints(self, table_names: Sequence[str] | None = None) -> None:
        """Asked at the end of a test's transaction, when no scope is open any more."""
        with inside(GATE):
            super().check_constraints(table_names)
