"""Each wall has a test that fails when that wall is taken away: here it is taken away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from config.wall import cursor as wall_cursor
from tenants.context import CARRIERS, GATE, NoContext, Scope, inside
from tenants.office.models import Member
from tests.world import Cast


def ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.cursor.execute(sql)
        return cursor.cursor.fetchall() if cursor.cursor.description else None


def test_without_a_scope_the_database_is_not_asked(db: None) -> None:
    with pytest.raises(NoContext):
        ask("SELECT 1")


def test_a_thread_without_a_scope_gets_an_error_and_not_public(
    committed: None,
) -> None:
    with (
        inside(GATE),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(NoContext),
    ):
        pool.submit(ask, "SELECT 1").result()


def test_the_role_alone_refuses_another_schema(alpha: Cast, beta: Cast) -> None:
    with (
        inside(alpha.scope),
        pytest.raises(
            psycopg.errors.InsufficientPrivilege,
            match="permission denied",
        ),
        transaction.atomic(),
    ):
        ask(f'SELECT * FROM "{beta.info.schema}".office_member')


def test_with_the_role_wall_off_the_same_statement_would_answer(alpha: Cast, beta: Cast) -> None:
    """Run as Beta's role while the pages believe to be in Alpha: only SET ROLE stands between them."""
    with inside(Scope(role=beta.info.schema, schema=alpha.info.schema)):
        assert ask(f'SELECT count(*) FROM "{beta.info.schema}".office_member') != [(0,)]


def test_stacked_statements_are_refused(in_alpha: Cast) -> None:
    with (
        pytest.raises(psycopg.errors.SyntaxError, match="multiple commands"),
        transaction.atomic(),
    ):
        ask(f"SELECT 1; SET ROLE {in_alpha.info.schema}")


def test_with_the_simple_protocol_they_would_run(
    in_alpha: Cast, beta: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        wall_cursor.WallCursor,
        "_execute_send",
        psycopg.ClientCursor._execute_send,
    )
    with transaction.atomic():
        ask(f"SELECT 1; SET LOCAL ROLE {beta.info.schema}")
        assert ask("SELECT current_user") == [(beta.info.schema,)]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "word",
    [
        "SET ROLE gate",
        "RESET ALL",
        "DO $$ begin end $$",
        "LISTEN x",
        "CALL f()",
        "LOCK TABLE x",
        "TRUNCATE x",
    ],
)
def test_first_words_off_the_list_are_refused(in_alpha: Cast, word: str) -> None:
    with (
        pytest.raises(
            psycopg.errors.InsufficientPrivilege,
            match="not allowed here",
        ),
        transaction.atomic(),
    ):
        ask(word)


def test_with_the_list_off_set_role_would_run(
    in_alpha: Cast, beta: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_cursor, "check", lambda statement: None)
    with transaction.atomic():
        ask(f"SET LOCAL ROLE {beta.info.schema}")
        assert ask("SELECT current_user") == [(beta.info.schema,)]
        transaction.set_rollback(True)


def test_set_config_is_revoked(in_alpha: Cast) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="set_config"),
        transaction.atomic(),
    ):
        ask("SELECT set_config('role', 'gate', false)")


def test_users_are_hidden_from_resellers_and_carriers(
    alpha: Cast,
) -> None:
    for scope in (alpha.scope, CARRIERS):
        with (
            inside(scope),
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            transaction.atomic(),
        ):
            ask("SELECT email FROM accounts_user")


def test_a_savepoint_rolled_back_takes_the_role_back(alpha: Cast, beta: Cast) -> None:
    """django-tenants' issue 1262: after ROLLBACK TO SAVEPOINT the server is where it was before."""
    with inside(alpha.scope), transaction.atomic():
        ask("SELECT 1")
        with (
            pytest.raises(RuntimeError),
            transaction.atomic(),
            inside(beta.scope),
        ):
            ask("SELECT 1")
            raise RuntimeError
        assert ask("SELECT current_user, current_schema()") == [
            (alpha.info.schema, alpha.info.schema)
        ]


def steps(rng: random.Random) -> Iterator[str]:
    while True:
        yield rng.choice(
            [
                "read",
                "read",
                "nest",
                "atomic",
                "fail",
                "error",
                "named",
                "close",
            ]
        )


@pytest.mark.slow
def test_random_walk_never_stands_in_the_wrong_schema(
    committed: None, pytestconfig: pytest.Config
) -> None:
    from tests.world import load

    seed = random.randrange(2**32)
    print("seed", seed)
    rng = random.Random(seed)
    casts = [load("alpha"), load("beta")]
    checks = 0
    while checks < 2_000:
        checks += walk(rng, casts, rng.choice(casts), depth=0)


def walk(rng: random.Random, casts: list[Cast], cast: Cast, depth: int) -> int:
    done = 0
    with inside(cast.scope):
        for step in [next(steps(rng)) for _ in range(rng.randint(1, 4))]:
            done += act(rng, casts, cast, step, depth)
            assert ask("SELECT current_user, current_schema()") == [
                (cast.info.schema, cast.info.schema)
            ]
            assert set(Member.objects.values_list("email", flat=True)) == {
                a.email for a in cast.actors.values()
            }
            done += 1
    return done


def act(
    rng: random.Random,
    casts: list[Cast],
    cast: Cast,
    step: str,
    depth: int,
) -> int:
    other = rng.choice(casts)
    if step == "nest" and depth < 4:
        return walk(rng, casts, other, depth + 1)
    if step == "atomic" and depth < 4:
        with transaction.atomic():
            return walk(rng, casts, other, depth + 1)
    if step == "fail":
        with pytest.raises(RuntimeError), transaction.atomic():
            walk(rng, casts, other, 4)
            raise RuntimeError
    if step == "error":
        with (
            pytest.raises(psycopg.errors.DivisionByZero),
            transaction.atomic(),
        ):
            ask("SELECT 1 / 0")
    if step == "named":
        list(Member.objects.iterator(chunk_size=2))
    if step == "close" and not connection.in_atomic_block:
        connection.close()
    return 0
