"""Bringing every schema to head."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, models
from django.db.migrations.operations import AddField, RunPython, RunSQL
from django.test.utils import CaptureQueriesContext

from tenants.panel import resellers
from tenants.platform import ddl, migrating, provisioning
from tenants.platform.models import MigrationStep, SchemaSlot
from tests.platform.catalog import ask, contents, rights
from tests.platform.conftest import AddMigration
from tests.world import load

pytestmark = pytest.mark.slow
NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def wish() -> AddField:
    return AddField("member", "wish", models.TextField(default="", db_default=""))


def schemas() -> list[str]:
    slots = SchemaSlot.objects.using("owner").exclude(name=provisioning.TEMPLATE)
    return list(slots.order_by("claimed_at", "name").values_list("name", flat=True))


def has_wish(schema: str) -> bool:
    return any(row[1] == "wish" for row in contents(schema)["columns"])


def test_all_heads_are_read_in_one_query(
    add_migration: AddMigration,
) -> None:
    name = add_migration("0901_wish", wish())
    with CaptureQueriesContext(connections["owner"]) as seen:
        left = migrating.behind()
    statements = [
        query["sql"] for query in seen.captured_queries if not query["sql"].startswith("SET")
    ]
    assert len(statements) == 1
    assert left == {schema: [name] for schema in schemas()}


def test_a_step_is_rendered_once_and_replayed_everywhere(
    add_migration: AddMigration,
) -> None:
    provisioning.refill(spares=2, at=NOW)
    name = add_migration("0901_wish", wish())
    migrating.ensure_template(at=NOW)
    step = MigrationStep.objects.using("owner").get(name=name)
    assert "ALTER TABLE" in step.sql and not step.python
    outcomes = list(migrating.migrate_all(workers=2, canaries=1))
    assert [outcome.error for outcome in outcomes] == [""] * len(schemas())
    assert {outcome.schema for outcome in outcomes} == set(schemas())
    assert all(has_wish(schema) for schema in [*schemas(), provisioning.TEMPLATE])
    assert migrating.behind() == {}
    assert list(migrating.migrate_all()) == []


def test_the_new_tables_of_a_step_get_the_usual_rights(
    add_migration: AddMigration,
) -> None:
    from django.db.migrations.operations import CreateModel

    add_migration(
        "0901_note",
        CreateModel(
            "Note",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("text", models.TextField()),
            ],
        ),
    )
    migrating.ensure_template(at=NOW)
    list(migrating.migrate_all())
    for schema in schemas():
        assert rights(schema)["office_note"] == "DELETE, INSERT, SELECT, UPDATE"


def test_a_migrated_spare_is_at_head_though_its_steps_came_in_another_order(
    add_migration: AddMigration,
) -> None:
    """The plan sorts by app, a schema keeps the order of arrival; the two must not be compared as
    lists.
    """
    provisioning.refill(spares=1, at=NOW)
    add_migration(
        "0901_wish",
        AddField(
            "company",
            "wish",
            models.TextField(default="", db_default=""),
        ),
        app="companies",
    )
    migrating.ensure_template(at=NOW)
    list(migrating.migrate_all())
    spare = SchemaSlot.objects.using("owner").filter(state="spare").first()
    assert spare and spare.applied != ddl.head() and set(spare.applied) == set(ddl.head())
    creation = resellers.create(
        slug="gamma",
        name="Gamma",
        email="head@gamma.test",
        country="KG",
        cargo=False,
        at=NOW,
    )
    assert creation.reseller.schema_name == spare.name
    assert provisioning.refill(spares=0, at=NOW) == 0


def test_one_schema_fails_and_the_run_is_taken_up_again(
    add_migration: AddMigration,
) -> None:
    provisioning.refill(spares=2, at=NOW)
    name = add_migration("0901_wish", wish())
    migrating.ensure_template(at=NOW)
    odd = schemas()[-1]  # not the canary
    ask_nothing(f'ALTER TABLE "{odd}".office_member ADD COLUMN wish integer')
    outcomes = {outcome.schema: outcome for outcome in migrating.migrate_all(workers=2, canaries=1)}
    assert "already exists" in outcomes[odd].error
    assert [schema for schema, outcome in outcomes.items() if outcome.error] == [odd]
    assert migrating.behind() == {odd: [name]}
    ask_nothing(f'ALTER TABLE "{odd}".office_member DROP COLUMN wish')
    assert [(outcome.schema, outcome.error) for outcome in migrating.migrate_all()] == [(odd, "")]
    assert migrating.behind() == {}


def test_a_failing_canary_stops_the_rest(
    add_migration: AddMigration,
) -> None:
    provisioning.refill(spares=2, at=NOW)
    add_migration("0901_wish", wish())
    migrating.ensure_template(at=NOW)
    canary, *others = schemas()
    ask_nothing(f'ALTER TABLE "{canary}".office_member ADD COLUMN wish integer')
    assert [outcome.schema for outcome in migrating.migrate_all(canaries=1, first=canary)] == [
        canary
    ]
    assert not any(has_wish(schema) for schema in others)


def test_two_steps_stop_between_the_transactions(
    add_migration: AddMigration,
) -> None:
    """Plain steps of one schema stand or fall together: nothing is half applied."""
    add_migration("0901_wish", wish())
    add_migration("0902_bad", RunSQL("SELECT 1"))
    migrating.ensure_template(at=NOW)
    MigrationStep.objects.using("owner").filter(name="office.0902_bad").update(sql="SELECT 1 / 0;")
    outcomes = list(migrating.migrate_all(canaries=0))
    assert all("division by zero" in outcome.error for outcome in outcomes)
    assert not any(has_wish(schema) for schema in schemas())


def test_code_runs_in_each_schema(add_migration: AddMigration) -> None:
    def shout(apps: Any, editor: Any) -> None:
        for member in apps.get_model("office", "Member").objects.using(editor.connection.alias):
            member.name = member.name.upper()
            member.save(update_fields=["name"])

    name = add_migration("0901_shout", RunPython(shout, RunPython.noop))
    add_migration("0902_wish", wish())
    migrating.ensure_template(at=NOW)
    assert MigrationStep.objects.using("owner").get(name=name).python
    assert [outcome.error for outcome in migrating.migrate_all()] == [""] * len(schemas())
    for slug in ("alpha", "beta"):
        cast = load(slug)
        rows = ask(f'SELECT name FROM "{cast.info.schema}".office_member', [])
        assert rows and all(value == value.upper() for (value,) in rows)
        assert has_wish(cast.info.schema)


def test_a_held_lock_is_given_up_and_reported(
    add_migration: AddMigration, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    import psycopg

    add_migration("0901_wish", wish())
    migrating.ensure_template(at=NOW)
    monkeypatch.setattr(
        migrating,
        "_head",
        lambda schema: (
            f"SET LOCAL search_path = \"{schema}\", public; SET LOCAL lock_timeout = '100ms';"
        ),
    )
    busy = schemas()[0]
    with psycopg.connect(os.environ["SUPERUSER_URL"]) as holder:
        holder.execute(f'LOCK TABLE "{busy}".office_member')  # type: ignore[arg-type]
        (outcome,) = migrating.migrate_all(canaries=1)
    assert outcome.schema == busy and migrating.DUMP_WAITS in outcome.error


def test_the_command_reports_and_exits_with_one(
    add_migration: AddMigration, capsys: pytest.CaptureFixture[str]
) -> None:
    add_migration("0901_wish", wish())
    odd = schemas()[-1]
    ask_nothing(f'ALTER TABLE "{odd}".office_member ADD COLUMN wish integer')
    with pytest.raises(SystemExit) as ended:
        call_command("tenants_migrate", spares=0)
    output = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"{odd}  1 steps" in output and "FAILED" in output and "1 schemas behind" in output
    ask_nothing(f'ALTER TABLE "{odd}".office_member DROP COLUMN wish')
    call_command("tenants_migrate", spares=0)
    assert "all schemas at head" in capsys.readouterr().out


def test_a_schema_behind_is_reported_and_the_node_still_serves(
    add_migration: AddMigration, browse: Any
) -> None:
    """FAULTS G4: one reseller a step behind is no reason to serve nobody."""
    assert browse().get("/readyz").json()["schemas_behind"] == 0
    add_migration("0901_wish", wish())
    answer = browse().get("/readyz/")
    assert answer.status_code == 200
    behind = answer.json()["schemas_behind"]
    assert behind >= len(schemas())
    assert f"track_schemas_behind {behind}" in browse().get("/metrics").content.decode()


def ask_nothing(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


def test_of_two_at_once_the_second_is_sent_away(committed: None) -> None:
    with closing(connections["owner"].copy()) as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [migrating.MIGRATING])
        with pytest.raises(CommandError, match="Another tenants_migrate"):
            call_command("tenants_migrate")
    call_command("tenants_migrate", spares=0)


def test_a_spare_schema_is_the_first_to_try_and_a_named_one_before_it(
    add_migration: AddMigration,
) -> None:
    provisioning.refill(spares=1, at=NOW)
    add_migration("0901_wish", wish())
    migrating.ensure_template(at=NOW)
    spare = SchemaSlot.objects.using("owner").get(state=SchemaSlot.State.SPARE).name
    named = load("beta").scope.schema
    order = [outcome.schema for outcome in migrating.migrate_all(canaries=2, first=named)]
    assert order[:2] == [named, spare]


def test_the_release_before_works_on_the_schemas_of_this_one(
    add_migration: AddMigration, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way back of docs/deploying.md: the older code runs its own step and finds all at head."""
    add_migration("0901_wish", wish())
    call_command("tenants_migrate", spares=1)
    for cached in (ddl.loader, ddl.folded):
        cached.cache_clear()  # the code of the release before does not know the step
    call_command("tenants_migrate", spares=1)
    assert capsys.readouterr().out.count("all schemas at head") == 2
    creation = resellers.create(
        slug="gamma",
        name="Gamma",
        email="head@gamma.test",
        country="KG",
        cargo=False,
        at=NOW,
    )
    assert has_wish(creation.reseller.schema_name)
    assert load("alpha").actor("head")
