"""No form and no serializer takes a text, a day or a moment past the edge."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.listed import compare
from tests.guards.test_source import ROOT

APPS = ("config", "tenants", "companies", "documents", "fleet", "orders", "commission", "finance")
EDGE = Path("tenants/kit/edge")
FORM_FIELDS = frozenset(
    {"CharField", "EmailField", "RegexField", "URLField", "DateField", "DateTimeField", "JSONField"}
)
BODY_FIELDS = FORM_FIELDS | {"FloatField"}


def files() -> Iterator[tuple[Path, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT)
            if EDGE not in name.parents and "migrations" not in name.parts:
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def classes(tree: ast.Module, *kinds: str) -> Iterator[ast.ClassDef]:
    """The classes that inherit, by any way within the file, from one that is named so."""
    named = set(kinds)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and {last(base) for base in node.bases} & named:
            named.add(node.name)
            yield node


def last(expression: ast.expr) -> str:
    if isinstance(expression, ast.Subscript):
        expression = expression.value
    return (
        expression.attr if isinstance(expression, ast.Attribute) else getattr(expression, "id", "")
    )


def test_forms_read_through_the_edge() -> None:
    past = [
        f"{path}:{node.lineno}"
        for path, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in FORM_FIELDS
        and isinstance(node.value, ast.Name)
        and node.value.id == "forms"
    ]
    compare(past, {}, "fields of forms past the edge")


def test_bodies_and_filters_read_through_the_edge() -> None:
    past = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in files()
        for node in classes(tree, "Body", "Filters", "CompanyChange")
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute)
        and part.attr in BODY_FIELDS
        and isinstance(part.value, ast.Name)
        and part.value.id == "serializers"
    ]
    compare(past, {}, "fields of bodies past the edge")
