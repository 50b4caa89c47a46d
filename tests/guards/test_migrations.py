"""A release must not break the code that still runs: columns come with a value of the database's
own, and nothing that old code reads or writes goes (FAULTS G10).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader

from tests.guards.listed import compare

GOING = (
    operations.RemoveField,
    operations.RenameField,
    operations.DeleteModel,
    operations.RenameModel,
    operations.AlterModelTable,
)
# Each was read by no code of the release before it.
ALLOWED: dict[str, str] = {}


def faults(migration: Migration) -> Iterator[str]:
    for operation in migration.operations:
        if isinstance(operation, GOING):
            yield f"{type(operation).__name__} {operation.describe()}"
        if isinstance(operation, operations.AddField) and not _fills_itself(operation.field):
            yield f"AddField {operation.model_name}.{operation.name}: null or db_default is missing"


def _fills_itself(field: models.Field[object, object]) -> bool:
    return field.null or field.has_db_default() or field.many_to_many


def later_migrations() -> Iterator[Migration]:
    """All of ours but the first of each app, before which there was no code."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (label, _name), migration in sorted(loader.disk_migrations.items()):
        if not migration.initial and "site-packages" not in apps.get_app_config(label).path:
            yield migration


def test_old_code_goes_on_while_a_release_comes() -> None:
    broken = {
        f"{one.app_label}.{one.name}: {fault}"
        for one in later_migrations()
        for fault in faults(one)
    }
    compare(sorted(broken), ALLOWED, "old code would break")


@pytest.mark.parametrize(
    ("operation", "count"),
    [
        (operations.AddField("order", "x", models.TextField(default="")), 1),
        (operations.AddField("order", "x", models.TextField(null=True)), 0),
        (operations.AddField("order", "x", models.TextField(db_default="")), 0),
        (operations.RemoveField("order", "ref"), 1),
        (operations.RenameField("order", "ref", "code"), 1),
        (operations.DeleteModel("order"), 1),
    ],
)
def test_the_guard_sees_each(operation: operations.base.Operation, count: int) -> None:
    migration = Migration("9999_x", "orders")
    migration.operations = [operation]
    assert len(list(faults(migration))) == count
