"""Many rows of every long table, copied from one by SQL: only their number and keys matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections

MANY = 12_000  # a scan of this many rows is what no page may need
DAY = "interval '1 day' * (g % 600)"


def copy_rows(
    schema: str,
    table: str,
    values: Mapping[str, str],
    *,
    where: str = "true",
    each_of: str = "",
) -> None:
    """MANY copies of one row of the table; `values` are SQL for columns that differ, of the row `t`
    and the number `g`. With `each_of` one copy for each row `o` of that statement.
    """
    columns = _columns(schema, table)
    sql_of = {column: f't."{column}"' for column in columns} | dict(values)
    names = ", ".join(f'"{column}"' for column in columns)
    source = f"({each_of}) o" if each_of else f"generate_series(1, {MANY}) g"
    statement = f"""
        INSERT INTO {schema}.{table} ({names})
        SELECT {", ".join(sql_of[column] for column in columns)}
        FROM (SELECT * FROM {schema}.{table} WHERE {where} LIMIT 1) t, {source}"""
    _run(statement)


def settle(schema: str, *tables: str) -> None:
    for table in tables:
        _run(f"VACUUM ANALYZE {schema}.{table}")


def count(schema: str, table: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {schema}.{table}")
        number: int = cursor.fetchone()[0]
        return number


def _columns(schema: str, table: str) -> list[str]:
    """Those that are stored as they are sent."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = %s AND table_name = %s AND is_generated = 'NEVER'",
            [schema, table],
        )
        return [name for (name,) in cursor.fetchall()]


def _run(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def new_id(**more: str) -> dict[str, Any]:
    return {"id": "gen_random_uuid()", **more}
