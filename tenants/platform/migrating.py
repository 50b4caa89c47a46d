"""Bringing every schema to head: each tenant migration is rendered once on the template and
replayed elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.operations import RunPython
from django.db.models import F
from psycopg import ClientCursor, Connection, Error, sql
from psycopg.errors import LockNotAvailable
from psycopg.rows import TupleRow

from tenants.platform import ddl, grants, provisioning
from tenants.platform.models import MigrationStep, SchemaSlot

Todo = tuple[str, list[MigrationStep]]
MIGRATING = 7_061_955  # the number of the advisory lock
DUMP_WAITS = "Somebody reads the schema, perhaps a dump. Run it again when that has ended."


@dataclass(frozen=True, slots=True)
class Outcome:
    schema: str
    steps: int
    milliseconds: float
    error: str = ""


def is_alone() -> bool:
    """Hold the lock of migrating until the connection ends; False when another process has it."""
    with ddl.owner().cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATING])
        return bool(cursor.fetchone()[0])


def migrate_public() -> None:
    """The public schema by Django's own migrations, then the rights of the shared roles."""
    owner = ddl.owner()
    owner.set_schema_to_public()
    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    owner.set_schema_to_public()
    owner.ensure_connection()
    with (
        transaction.atomic(using=ddl.OWNER),
        ClientCursor(owner.connection) as cursor,
    ):
        cursor.execute(ddl.own_sql(grants.statements()))


def ensure_template(*, at: datetime) -> None:
    """The template schema at head; its first build is the folded DDL, later steps are rendered on
    it.
    """
    slot = SchemaSlot.objects.using(ddl.OWNER).filter(name=provisioning.TEMPLATE).first()
    if slot is None:
        provisioning.build_spare(
            at=at,
            name=provisioning.TEMPLATE,
            state=SchemaSlot.State.TEMPLATE,
        )
        return
    for node in missing(slot.applied):
        render(node)
        replay(
            provisioning.TEMPLATE,
            [MigrationStep.objects.using(ddl.OWNER).get(name=".".join(node))],
        )


def missing(applied: list[str]) -> list[tuple[str, str]]:
    return [node for node in ddl.plan() if ".".join(node) not in set(applied)]


def render(node: tuple[str, str]) -> None:
    """Keep the migration's SQL as it looks on the template, which stands just before it."""
    migration = ddl.loader().get_migration(*node)
    before = ddl.loader().project_state(node, at_end=False)
    python = any(isinstance(operation, RunPython) for operation in migration.operations)
    owner = ddl.owner()
    owner.set_schema(provisioning.TEMPLATE)
    with owner.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(before, editor, collect_sql=True)
    owner.set_schema_to_public()
    text = "\n".join(line for line in editor.collected_sql if not line.startswith("--"))
    MigrationStep.objects.using(ddl.OWNER).update_or_create(
        name=".".join(node),
        defaults={"sql": "" if python else text, "python": python},
    )


def replay(schema: str, steps: list[MigrationStep]) -> None:
    """The steps, the rights and the new head: plain steps in one transaction and one round trip,
    each step of code in a transaction of its own. A lock that cannot be had gives up in 5 s."""
    owner = ddl.owner()
    owner.ensure_connection()
    for run in _runs(steps):
        text = ddl.own_sql(_head(schema)) + _body(run, schema)
        if run[0].python:
            _run_python(schema, run[0], text)
        else:
            _run_plain(owner.connection, text)


def _run_plain(db: Connection[TupleRow], text: sql.Composed) -> None:
    try:
        with ClientCursor(db) as cursor:
            cursor.execute(sql.SQL("BEGIN;") + text + sql.SQL(";COMMIT"))
    except Error:
        db.rollback()
        raise


def _head(schema: str) -> str:
    return f"SET LOCAL search_path = \"{schema}\", public; SET LOCAL lock_timeout = '5s';"


def _body(steps: list[MigrationStep], schema: str) -> sql.Composed:
    text = "\n".join(step.sql for step in steps)
    mark = sql.SQL(
        "UPDATE public.platform_schemaslot SET applied = applied || {}::text[] WHERE name = {}"
    ).format([step.name for step in steps], schema)
    new = any(
        step.python or "CREATE TABLE" in step.sql for step in steps
    )  # else the rights stand already
    rights = ddl.grants(schema) if new else ""
    return ddl.own_sql(f"{text}\n{rights}\n") + mark


def _runs(steps: list[MigrationStep]) -> Iterator[list[MigrationStep]]:
    """Plain SQL steps together; a step that is code alone, in a transaction of its own."""
    waiting: list[MigrationStep] = []
    for step in steps:
        if step.python:
            if waiting:
                yield waiting
            yield [step]
            waiting = []
        else:
            waiting.append(step)
    if waiting:
        yield waiting


def _run_python(schema: str, step: MigrationStep, text: sql.Composed) -> None:
    app, name = step.name.split(".", 1)
    owner = ddl.owner()
    try:
        with (
            transaction.atomic(using=ddl.OWNER),
            ClientCursor(owner.connection) as cursor,
        ):
            cursor.execute(text)
            owner.set_schema(schema)
            with owner.schema_editor(atomic=False) as editor:
                ddl.loader().get_migration(app, name).apply(
                    ddl.loader().project_state((app, name), at_end=False),
                    editor,
                )
    finally:
        owner.set_schema_to_public()


def behind() -> dict[str, list[str]]:
    """Schemas not at head and what each lacks, from one query; spare ones first."""
    head = ddl.head()
    slots = (
        SchemaSlot.objects.using(ddl.OWNER)
        .exclude(applied__contains=head)
        .exclude(name=provisioning.TEMPLATE)
    )
    rows = slots.order_by(F("claimed_at").asc(nulls_first=True), "name").values_list(
        "name", "applied"
    )
    return {
        name: lacking
        for name, applied in rows
        if (lacking := [step for step in head if step not in set(applied)])
    }


def migrate_one(schema: str, steps: list[MigrationStep]) -> Outcome:
    started = time.perf_counter()
    try:
        replay(schema, steps)
        error = ""
    except (Error, Exception) as problem:
        why = DUMP_WAITS if isinstance(problem, LockNotAvailable) else str(problem)
        error = f"{type(problem).__name__}: {why}".strip()
    return Outcome(
        schema,
        len(steps),
        (time.perf_counter() - started) * 1000,
        error,
    )


def migrate_all(*, workers: int = 2, canaries: int = 1, first: str = "") -> Iterator[Outcome]:
    """Canaries first, one by one, beginning with the schema named `first`; if one fails the rest is
    left as it stands. Then several at a time.
    """
    steps_by_name = MigrationStep.objects.using(ddl.OWNER).in_bulk()
    todo = [(schema, [steps_by_name[name] for name in names]) for schema, names in behind().items()]
    todo.sort(key=lambda item: item[0] != first)
    for schema, steps in todo[:canaries]:
        outcome = migrate_one(schema, steps)
        yield outcome
        if outcome.error:
            return
    if len(todo) > canaries:
        yield from _by_workers(todo[canaries:], workers)


def _by_workers(todo: list[Todo], workers: int) -> Iterator[Outcome]:
    """Each worker keeps one connection and takes the next schema when it is done with one."""
    waiting: SimpleQueue[Todo] = SimpleQueue()
    done: SimpleQueue[Outcome] = SimpleQueue()
    for item in todo:
        waiting.put(item)
    with ThreadPoolExecutor(workers, thread_name_prefix="migrate") as pool:
        for _ in range(workers):
            pool.submit(_work, waiting, done)
        for _ in todo:
            yield done.get()


def _work(waiting: SimpleQueue[Todo], done: SimpleQueue[Outcome]) -> None:
    try:
        while True:
            done.put(migrate_one(*waiting.get_nowait()))
    except Empty:
        return
    finally:
        connections[ddl.OWNER].close()
