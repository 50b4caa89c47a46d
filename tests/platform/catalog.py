"""What a schema consists of, read from the catalog with its name taken out."""

from __future__ import annotations

from typing import Any

from django.db import connections

COLUMNS = """
SELECT table_name, column_name, data_type, udt_name, is_nullable,
       character_maximum_length, numeric_precision, numeric_scale,
       column_default, is_identity, identity_generation, is_generated
FROM information_schema.columns WHERE table_schema = %s AND table_name <> 'django_migrations'
"""
INDEXES = """
SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = %s AND tablename <> 'django_migrations'
"""
CONSTRAINTS = """
SELECT t.relname, c.conname, pg_get_constraintdef(c.oid), c.condeferrable, c.condeferred
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.connamespace = %s::regnamespace AND t.relname <> 'django_migrations'
"""
RIGHTS = """
SELECT table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type) FROM information_schema.role_table_grants
WHERE table_schema = %s AND grantee = %s AND table_name <> 'django_migrations' GROUP BY table_name
"""


def ask(sql: str, values: list[str]) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


def contents(schema: str) -> dict[str, list[tuple[Any, ...]]]:
    """Columns, indexes and constraints of a schema."""
    catalog = {}
    for name, sql in (
        ("columns", COLUMNS),
        ("indexes", INDEXES),
        ("constraints", CONSTRAINTS),
    ):
        rows = ask(sql, [schema])
        plain = [
            tuple(_plain(value, schema) if isinstance(value, str) else value for value in row)
            for row in rows
        ]
        catalog[name] = sorted(plain, key=repr)
    return catalog


def _plain(definition: str, schema: str) -> str:
    """Without the schema's name; a limit that came later holds for new rows alone (NOT VALID)."""
    return definition.replace(f"{schema}.", "").removesuffix(" NOT VALID")


def rights(schema: str) -> dict[str, str]:
    """What the reseller's role may do, table by table."""
    return dict(ask(RIGHTS, [schema, schema]))  # type: ignore[arg-type]
