"""Database backend of the walled `app` login: obeys `tenants.context`, one round trip per change of
scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import InternalError
from django.db.backends.utils import CursorWrapper
from django_tenants.postgresql_backend import base as tenants_backend

from config.wall import place
from config.wall.cursor import WallCursor
from tenants.context import GATE, Scope, current, inside


class Tenant(Protocol):
    """What django-tenants hands over when it starts."""

    schema_name: str


class DatabaseWrapper(tenants_backend.DatabaseWrapper):
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
        cursor: CursorWrapper = super()._cursor(name)  # connects
        self._enter(scope)
        return cursor

    def _handle_search_path(self, cursor: object = None) -> None:
        """django-tenants' hook; `_enter` does the work."""

    def _enter(self, scope: Scope) -> None:
        if place.stands_in(self.connection, scope) or place.is_aborted(self.connection):
            return
        place.enter(self.connection, scope)

    def is_usable(self) -> bool:
        """Django's check of a connection before its first use: it asks for no row of anybody."""
        return self.connection is not None and place.answers(self.connection)

    def _commit(self) -> None:
        """The server answers a commit after a swallowed error with a rollback, and says nothing.

        Raises InternalError: what the caller believes to be written is not (FAULTS D3).
        """
        if self.connection is not None and place.is_aborted(self.connection):
            raise InternalError("an error in this transaction was swallowed: nothing of it is kept")
        super()._commit()

    def check_constraints(self, table_names: Sequence[str] | None = None) -> None:
        """Asked at the end of a test's transaction, when no scope is open any more."""
        with inside(GATE):
            super().check_constraints(table_names)
