"""Names that nobody calls are deleted. Tests do not count as callers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.listed import compare

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = (
    "config",
    "tenants",
    "companies",
    "documents",
    "fleet",
    "tariffs",
    "orders",
    "commission",
    "finance",
)
CALLERS = (*PRODUCT, "checks", "demo", "script")
READ_BY_NAME = re.compile(r"config/settings\w*\.py$|/apps\.py$|/management/commands/\w+\.py$")
REGISTERING = frozenset({"handles", "shared_task", "task", "register"})
WORD = re.compile(r"[A-Za-z_]\w*")
LONGEST_NAME = 120  # a longer text is no name

# What a framework calls, by its name.
HOOKS = re.compile(
    r"__\w+__|clean_\w+|visit_\w+|handler\d\d\d|app_name|urlpatterns|has_\w+_permission"
    r"|get_\w+|words_of_\w+"  # of serializers' fields; of filters' values (tenants/kit/listing.py)
)
UNCALLED = {
    "BearerScheme": "drf-spectacular finds it by its class",
    "_authenticate": "allauth's backend",
    "_handle_search_path": "the database wrapper's own method, made harmless",
    "as_sql": "Django's lookups",
    "authenticate_header": "DRF's authentication",
    "create_compressor": "whitenoise's storage",
    "has_module_perms": "Django's users",
    "has_perm": "Django's users",
    "has_permission": "Django's admin site, DRF's permissions",
    "is_login_by_code_required": "allauth's adapter",
    "is_open_for_signup": "allauth's adapter",
    "pre_authenticate": "allauth's adapter",
    "is_staff": "Django's admin asks it of a user",
    "note_door": "Django's signal of signing in",
    "on_publish": "Celery's signal",
    "on_worker_heartbeat": "Celery's signal",
    "password_change": "Django's admin site",
    "patch": "DRF calls it for PATCH",
    "save_model": "Django's admin",
    "select_parser": "DRF's negotiation",
    "select_renderer": "DRF's negotiation",
    "send_mail": "allauth's adapter",
    "send_messages": "Django's mail backends",
    "set_tenant": "the database wrapper's own method, refused here",
    "SHARED_ROLES": "the guards of the database compare the server with it",
    "user_credentials": "allauth's form of signing in",
    "twins": "needed soon: one cargo on the exchange twice",
}


def product_files(tops: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for top in tops:
        for path in sorted((ROOT / top).rglob("*.py")):
            yield (
                str(path.relative_to(ROOT)),
                path.read_text(encoding="utf-8"),
            )


def defined_in(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and constants of a module, and methods of its classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
            yield from _functions(node.body)
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
    yield from _functions(tree.body)


def _functions(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _registers(node):
            yield node.name


def _registers(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A decorator that keeps the function somewhere is its caller."""
    named = {word for one in node.decorator_list for word in WORD.findall(ast.unparse(one))}
    return bool(named & REGISTERING)


def called_in(tree: ast.Module) -> Iterator[str]:
    """Names that are read; imports and `__all__` alone call nothing."""
    silent = {id(text) for one in tree.body if _is_export(one) for text in ast.walk(one)}
    silent |= {id(text) for node in ast.walk(tree) for text in _docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif id(node) not in silent and (text := _short_text(node)):
            yield from WORD.findall(text)


def _short_text(node: ast.AST) -> str:
    """A text that may be a name: of a view, a field, an attribute."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and len(node.value) <= LONGEST_NAME else ""


def _is_export(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _docstring(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value


def words_of_templates() -> Iterator[str]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            yield from WORD.findall(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.glob("documents/**/*.html")):
        yield from WORD.findall(path.read_text(encoding="utf-8"))


def uncalled(definitions: dict[str, str], called: set[str]) -> set[str]:
    return {name for name in definitions if name not in called and not HOOKS.fullmatch(name)}


def test_every_name_is_called() -> None:
    definitions: dict[str, str] = {}
    for name, text in product_files(PRODUCT):
        if "migrations" not in name and not READ_BY_NAME.search(name):
            definitions |= dict.fromkeys(defined_in(ast.parse(text)), name)
    called = set(words_of_templates())
    for _name, text in product_files(CALLERS):
        called.update(called_in(ast.parse(text)))
    dead = uncalled(definitions, called)
    assert {name: definitions[name] for name in dead - UNCALLED.keys()} == {}
    compare(dead, UNCALLED, "names nobody calls")


def test_the_guard_sees_a_dead_name() -> None:
    tree = ast.parse(
        '"""used is named here, which calls nothing."""\n'
        "from x import dead\n"
        "__all__ = ['dead', 'used']\n"
        "LIMIT = 3\n"
        "def used():\n    return LIMIT\n"
        "def dead():\n    return 'by_name'\n"
        "def by_name():\n    pass\n"
        "@handles('topic')\n"
        "def heard():\n    pass\n"
        "class Row:\n"
        "    def clean_code(self): ...\n"
        "    def lonely(self): ...\n"
    )
    definitions = dict.fromkeys(defined_in(tree), "x.py")
    assert uncalled(definitions, set(called_in(tree))) == {
        "used",
        "dead",
        "Row",
        "lonely",
    }
