"""Migrations that exist only here, on top of the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation

from tenants.platform import ddl

AddMigration = Callable[..., str]


@pytest.fixture
def add_migration(committed: None) -> Iterator[AddMigration]:
    """add_migration("0099_wish", AddField(…)) puts one on top of the app's last (office's, if none
    is named); returns its full name.
    """

    def add(name: str, *operations: Operation, app: str = "office") -> str:
        graph = ddl.loader().graph
        (last,) = graph.leaf_nodes(app)
        migration = type(
            "Migration",
            (Migration,),
            {"operations": list(operations), "dependencies": [last]},
        )(name, app)
        graph.add_node((app, name), migration)
        graph.add_dependency(migration, (app, name), last)
        return f"{app}.{name}"

    for cached in (ddl.loader, ddl.folded):
        cached.cache_clear()
    yield add
    for cached in (ddl.loader, ddl.folded):
        cached.cache_clear()
