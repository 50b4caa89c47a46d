"""SQL run inside Alpha's request never returns or changes a row of Beta's."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from checks.isolation.attacks import Attack, attacks
from companies.models import Company
from tenants.context import inside
from tests.world import Cast

CANARY = "beta"  # every row of Beta's carries its name


def run(attack: Attack) -> list[Any]:
    """Send it the way the golden file says; what comes back, or nothing when it was refused."""
    try:
        with transaction.atomic():
            return send(attack)
    except (DatabaseError, psycopg.Error):
        return []


def send(attack: Attack) -> list[Any]:
    if attack.through.startswith("as extra"):
        return list(Company.objects.extra(where=[attack.sql]).iterator())
    with connection.cursor() as cursor:
        raw = cursor.cursor
        if attack.through.startswith("through copy"):
            with raw.copy(attack.sql) as copy:
                return list(copy.rows())
        if attack.through.startswith("through executemany"):
            raw.executemany(attack.sql, [("1",)], returning=True)
        elif attack.through.startswith("through stream"):
            return list(raw.stream(attack.sql))
        elif "%s" in attack.sql:
            cursor.execute(attack.sql, ["1"])
        else:
            raw.execute(attack.sql.replace("%", "%%"))
        return list(raw.fetchall()) if raw.description else []


def beta_rows(beta: Cast) -> list[tuple[Any, ...]]:
    with inside(beta.scope):
        return sorted(Company.objects.values_list("ref", "name", "status"))


@pytest.mark.parametrize("number", range(len(attacks("a", "b"))))
def test_no_statement_reaches_another_reseller(alpha: Cast, beta: Cast, number: int) -> None:
    attack = attacks(alpha.info.schema, beta.info.schema)[number]
    before = beta_rows(beta)
    with inside(alpha.scope):
        answer = run(attack)
    assert beta_rows(beta) == before
    if attack.must == "none":
        assert answer in ([], [(None,)]) or not leaks(answer), attack.title
    if attack.must == "own":
        assert answer, attack.title


def leaks(answer: list[Any]) -> bool:
    return CANARY in repr(answer).lower() or "password" in repr(answer)


def test_the_wall_comes_back_after_every_attack(alpha: Cast, beta: Cast) -> None:
    for attack in attacks(alpha.info.schema, beta.info.schema):
        with inside(alpha.scope):
            run(attack)
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user, current_schema()")
                assert cursor.fetchone() == (
                    alpha.info.schema,
                    alpha.info.schema,
                ), attack.title
