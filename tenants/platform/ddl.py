"""What a fresh reseller schema consists of, as SQL: folded from the models' final migration state."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg.sql import SQL

OWNER = "owner"


class OwnerConnection(Protocol):
    """The owner's connection, with django-tenants' own ways of changing schema."""

    connection: Connection[TupleRow]
    search_path_set_schemas: object

    def set_schema(self, schema_name: str) -> None: ...

    def set_schema_to_public(self) -> None: ...

    def ensure_connection(self) -> None: ...

    def cursor(self) -> CursorWrapper: ...

    def schema_editor(
        self,
        *,
        collect_sql: bool = False,
        atomic: bool = True,
    ) -> BaseDatabaseSchemaEditor: ...


def owner() -> OwnerConnection:
    return cast("OwnerConnection", connections[OWNER])


def own_sql(text: str) -> SQL:
    """Statements that this program wrote itself; what a person typed never comes here."""
    return SQL(text)


def tenant_labels() -> list[str]:
    names = set(settings.TENANT_APPS)
    return [config.label for config in apps.get_app_configs() if config.name in names]


@lru_cache(maxsize=1)
def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


def plan() -> list[tuple[str, str]]:
    """Every tenant migration in the order it must run."""
    graph = loader().graph
    labels = set(tenant_labels())
    ordered: dict[tuple[str, str], None] = {}
    for leaf in sorted(node for node in graph.leaf_nodes() if node[0] in labels):
        for node in graph.forwards_plan(leaf):
            if node[0] in labels:
                ordered[node] = None
    return list(ordered)


def head() -> list[str]:
    return [".".join(node) for node in plan()]


@lru_cache(maxsize=1)
def public_nodes() -> tuple[tuple[str, str], ...]:
    """Every migration of the public schema that this code knows."""
    labels = set(tenant_labels())
    return tuple(node for node in loader().graph.nodes if node[0] not in labels)


def state() -> ProjectState:
    return loader().project_state(plan())


@lru_cache(maxsize=1)
def folded() -> str:
    """CREATE TABLE with everything inside, then keys and indexes: what one round trip sends for a
    new schema.
    """
    labels = set(tenant_labels())
    models = state().apps.get_models(include_auto_created=False)
    with connections[OWNER].schema_editor(collect_sql=True, atomic=False) as editor:
        for model in models:
            if model._meta.app_label in labels and model._meta.managed:
                editor.create_model(model)
    return "\n".join(editor.collected_sql)


@lru_cache(maxsize=1)
def append_only_tables() -> tuple[str, ...]:
    """Tables whose rows are only ever added: the reseller's role gets SELECT and INSERT on them."""
    labels = set(tenant_labels())
    return tuple(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in labels and getattr(model, "append_only", False)
    )


def grants(schema: str) -> str:
    """Rights of a reseller's role on its own tables, recomputed as a whole."""
    everything = f'ALL TABLES IN SCHEMA "{schema}" TO "{schema}"'
    lines = [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {everything};",
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{schema}";',
    ]
    if tables := append_only_tables():
        named = ", ".join(f'"{schema}"."{table}"' for table in tables)
        lines.append(f'REVOKE UPDATE, DELETE ON {named} FROM "{schema}";')
    return "\n".join(lines)
