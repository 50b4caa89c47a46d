"""What things are called in product code and in tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from pathlib import Path

from tests.guards.listed import compare
from tests.guards.test_source import PACKAGES, sources

# They say that something happened to the thing and not what it is.
PARTICIPLES = {"found", "wanted", "told", "made", "said", "asked", "given", "known"}
# They stand for anything.
VAGUE = {"making", "ground", "got"}
ALLOWED = {
    "commission/cargo/api/serializers.py: made": "the answer's field, which callers read",
}


def names_in(tree: ast.AST) -> Iterator[str]:
    """Variables, parameters, attributes and functions that the code names itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case (
                ast.arg(arg=name) | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name))
            ):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name


def participles_in(text: str, forbidden: Set[str] = PARTICIPLES) -> set[str]:
    return {name for name in names_in(ast.parse(text)) if name.lstrip("_") in forbidden}


def test_nothing_is_named_by_a_participle() -> None:
    bare = [
        f"{path}: {name}"
        for path, text in sources(".py", under=(*PACKAGES, "script"))
        for name in participles_in(text)
    ]
    compare(bare, ALLOWED, "named by a bare participle")


def test_tests_keep_the_rule_too() -> None:
    bare = [
        f"{path}: {name}"
        for path, text in sources(".py", under=("tests",))
        for name in {Path(path).stem} & VAGUE | participles_in(text, PARTICIPLES | VAGUE)
    ]
    assert bare == []


def test_every_test_names_its_subject() -> None:
    bare = [
        f"{path}: {name}"
        for path, text in sources(".py", under=("tests",))
        for name in re.findall(r"^ *(?:async )?def (test_\w+)", text, re.MULTILINE)
        if re.fullmatch(r"test_(?:[a-z]+|(?:it|its|they|this|that|as|so|same)_\w+)", name)
    ]
    assert bare == []


def test_the_guard_sees_every_kind_of_name() -> None:
    code = (
        "import re as told\n"
        "def asked(given, *, wanted=0):\n"
        "    self._made = given\n"
        "    for found in wanted: pass\n"
        "    try: order = (known := 1)\n"
        "    except ValueError as said: pass\n"
    )
    assert participles_in(code) == {
        "told",
        "asked",
        "given",
        "wanted",
        "_made",
        "found",
        "known",
        "said",
    }
