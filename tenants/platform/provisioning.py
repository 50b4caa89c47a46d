"""Spare schemas, built ahead by the provisioner; a new reseller claims one with a single UPDATE."""

from __future__ import annotations

import secrets
import string
from datetime import datetime
from uuid import UUID

from django.db import connection, models, transaction
from psycopg import ClientCursor, sql

from tenants.context import PLATFORM, inside
from tenants.platform import ddl
from tenants.platform.models import SchemaSlot

ALPHABET = string.ascii_lowercase + string.digits
TEMPLATE = "t_template"


class NoSpare(Exception):
    """No spare schema stands ready; the provisioner is at work, try again in a moment."""


def build_spare(
    *,
    at: datetime,
    name: str | None = None,
    state: str = SchemaSlot.State.SPARE,
) -> str:
    """Role, schema, tables, rights and the slot's row in one transaction and one round trip."""
    schema = name or "t_" + "".join(secrets.choice(ALPHABET) for _ in range(8))
    slot = sql.SQL(
        "INSERT INTO public.platform_schemaslot (name, state, applied, built_at) VALUES ({}, {}, {}, {})"
    ).format(schema, str(state), ddl.head(), at)
    owner = ddl.owner()
    owner.ensure_connection()
    with (
        transaction.atomic(using=ddl.OWNER),
        ClientCursor(owner.connection) as cursor,
    ):
        cursor.execute(ddl.own_sql(script(schema)) + slot)
    owner.search_path_set_schemas = None
    return schema


def script(schema: str) -> str:
    return (
        f'CREATE ROLE "{schema}" NOLOGIN IN ROLE tenant; GRANT "{schema}" TO app WITH INHERIT FALSE, SET TRUE;'
        f'CREATE SCHEMA "{schema}"; GRANT USAGE ON SCHEMA "{schema}" TO "{schema}";'
        f'SET LOCAL search_path = "{schema}", public;'
        f"{ddl.folded()}\n{ddl.grants(schema)}\n"
    )


def refill(*, spares: int, at: datetime) -> int:
    """Build spares until so many stand ready at head. Returns how many were built."""
    ready = ready_spares().using(ddl.OWNER).count()
    missing = max(0, spares - ready)
    for _ in range(missing):
        build_spare(at=at)
    return missing


def ready_spares() -> models.QuerySet[SchemaSlot]:
    """Spares that have every migration this code knows; the order they came in differs from schema
    to schema.
    """
    return SchemaSlot.objects.filter(state=SchemaSlot.State.SPARE, applied__contains=ddl.head())


CLAIM = """
UPDATE platform_schemaslot SET state = 'claimed', reseller_id = %s, claimed_at = %s
WHERE name = (SELECT name FROM platform_schemaslot WHERE state = 'spare' AND applied @> %s::text[]
              ORDER BY built_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING name
"""


def claim(*, reseller_id: UUID, at: datetime) -> str:
    """Give the oldest spare at head to a reseller. Raises NoSpare."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [reseller_id, at, ddl.head()])
        row = cursor.fetchone()
    if row is None:
        raise NoSpare
    return str(row[0])


def spares_ready() -> int:
    with inside(PLATFORM):
        return ready_spares().count()
