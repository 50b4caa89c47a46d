"""Each wall has a test that fails when that wall is taken away: here it is taken away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import InternalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from config.wall import cursor as wall_cursor
from config.wall import place
from config.wall.base import DatabaseWrapper
from config.wall.cursor import WrongPlace
from tenants.context import CARRIERS, GATE, NoContext, Scope, inside
from tenants.office.models import Member
from tests.world import Cast, load


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


def swallow_an_error(cast: Cast) -> None:
    """A transaction that goes into a scope, meets an error there and does not let it out."""
    with transaction.atomic(), inside(cast.scope):
        ask("SELECT 1")
        with suppress(psycopg.errors.DivisionByZero):
            ask("SELECT 1 / 0")


def test_a_swallowed_error_is_said_at_commit(committed: None) -> None:
    """FAULTS D3: the server answers the commit with a rollback; nobody may believe it was kept."""
    alpha = load("alpha")
    with inside(alpha.scope):
        ask("SELECT 1")
    with pytest.raises(InternalError, match="swallowed"), inside(alpha.scope):
        swallow_an_error(alpha)


@pytest.mark.parametrize("is_noticed", [True, False])
def test_after_a_swallowed_error_no_row_of_another_is_read(
    committed: None, monkeypatch: pytest.MonkeyPatch, is_noticed: bool
) -> None:
    """Role and path go back with the transaction. Without the server's word, Beta would read Alpha's."""
    alpha, beta = load("alpha"), load("beta")
    with inside(alpha.scope):
        ask("SELECT 1")
    monkeypatch.setattr(DatabaseWrapper, "_commit", BaseDatabaseWrapper._commit)
    if not is_noticed:
        monkeypatch.setattr(place, "stands_in", Believed())
    swallow_an_error(beta)
    with inside(beta.scope):
        schemas = ask("SELECT current_schema()")
    assert schemas == [(beta.info.schema if is_noticed else alpha.info.schema,)]


class Believed:
    """What the wrapper did before: it remembers what it has set."""

    def __init__(self) -> None:
        self.scope: Scope | None = None

    def __call__(self, connection: object, scope: Scope) -> bool:
        is_there = self.scope == scope
        self.scope = scope
        return is_there


def test_a_cursor_of_one_scope_is_refused_in_another(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        with inside(beta.scope), pytest.raises(WrongPlace):
            cursor.cursor.execute("SELECT 1")


def test_the_server_says_who_runs_a_statement(alpha: Cast) -> None:
    with inside(alpha.scope):
        assert ask("SELECT current_setting('application_name')") == [
            (f"{alpha.info.schema}/{alpha.info.schema}",)
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
                "swallow",
                "named",
                "close",
            ]
        )


STEPS = 3_000


def walk_for(seed: int, steps_to_make: int) -> None:
    rng = random.Random(seed)
    casts = [load("alpha"), load("beta")]
    checks = 0
    while checks < steps_to_make:
        checks += walk(rng, casts, rng.choice(casts), depth=0)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_random_walk_never_stands_in_the_wrong_schema(committed: None, number: int) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    walk_for(seed, STEPS)


@pytest.mark.slow
def test_the_walk_finds_the_wrong_schema_when_the_server_s_word_is_not_asked(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DatabaseWrapper, "_commit", BaseDatabaseWrapper._commit)
    monkeypatch.setattr(place, "stands_in", Believed())
    with pytest.raises((AssertionError, psycopg.errors.InsufficientPrivilege)):
        walk_for(seed=1, steps_to_make=STEPS)


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
    if step == "swallow":
        with suppress(InternalError, psycopg.errors.InFailedSqlTransaction):
            swallow_an_error(other)
    if step == "named":
        list(Member.objects.iterator(chunk_size=2))
    if step == "close" and not connection.in_atomic_block:
        connection.close()
    return 0
