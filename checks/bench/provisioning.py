"""A new reseller: the claim, the whole command, and building a spare against the bare DDL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from io import StringIO
from statistics import median
from uuid import uuid4

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from psycopg import ClientCursor

from checks.bench.report import Line, in_turn, milliseconds
from tenants.context import PLATFORM, inside
from tenants.platform import ddl, provisioning
from tenants.platform.models import Reseller

ROUNDS = 7


def lines() -> Iterator[Line]:
    spare, floor = in_turn(ROUNDS, _spare, _bare)
    yield Line(
        "refill: one spare schema / its DDL alone",
        spare,
        floor,
        most=1.2,
    )
    provisioning.refill(spares=3 * ROUNDS, at=timezone.now())
    claims = [milliseconds(Claimer()) for _ in range(ROUNDS)]
    yield Line(
        "claim: schema and role of a new reseller",
        median(claims),
        within=10,
    )
    created = [milliseconds(partial(_create, number)) for number in range(ROUNDS)]
    yield Line("reseller_create, whole", median(created), within=300)


def _spare() -> None:
    provisioning.build_spare(at=timezone.now())


def _bare() -> None:
    """The same tables in one round trip and one transaction: no role, no rights, no slot."""
    schema = f"b_{secrets.token_hex(4)}"
    text = f'CREATE SCHEMA "{schema}"; SET LOCAL search_path = "{schema}", public;{ddl.folded()}'
    owner = ddl.owner()
    with (
        transaction.atomic(using=ddl.OWNER),
        ClientCursor(owner.connection) as cursor,
    ):
        cursor.execute(ddl.own_sql(text))
    owner.search_path_set_schemas = None


class Claimer:
    """One claim with its commit; the reseller's row is there before the clock starts."""

    def __init__(self) -> None:
        slug = f"claim-{secrets.token_hex(4)}"
        with inside(PLATFORM):
            self.reseller = Reseller(
                id=uuid4(),
                slug=slug,
                name=slug,
                country="KG",
                currency="KGS",
                language="ru",
                time_zone="Asia/Bishkek",
                schema_name=f"new-{slug}",
            )
            self.reseller.save(force_insert=True)

    def __call__(self) -> None:
        with inside(PLATFORM), transaction.atomic():
            provisioning.claim(reseller_id=self.reseller.pk, at=timezone.now())


def _create(number: int) -> None:
    slug = f"bench-{number}"
    call_command(
        "reseller_create",
        slug=slug,
        name=slug,
        email=f"head@{slug}.test",
        stdout=StringIO(),
    )
