"""A migration that only the benchmark knows: one AddField on top of office's last, seen by every
loader.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField

from tenants.platform import ddl

APP = "office"
_plain = MigrationLoader.build_graph


@contextmanager
def added(*fields: str) -> Iterator[None]:
    """So many migrations, one field each, in a row."""

    def build_graph(loader: MigrationLoader) -> None:
        _plain(loader)
        for field in fields:
            (last,) = loader.graph.leaf_nodes(APP)
            name = f"9{field}"
            operation = AddField(
                "member",
                field,
                models.TextField(default="", db_default=""),
            )
            migration = type(
                "Migration",
                (Migration,),
                {"operations": [operation], "dependencies": [last]},
            )(name, APP)
            loader.graph.add_node((APP, name), migration)
            loader.graph.add_dependency(migration, (APP, name), last)

    setattr(MigrationLoader, "build_graph", build_graph)  # noqa: B010  # mypy takes a method for final
    _forget()
    try:
        yield
    finally:
        setattr(MigrationLoader, "build_graph", _plain)  # noqa: B010
        _forget()


def _forget() -> None:
    ddl.loader.cache_clear()
    ddl.folded.cache_clear()
