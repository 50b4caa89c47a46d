"""A page and the API ask the same questions, by the same acts, and do nothing before the answer."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tenants.kit.doubts import Doubt
from tests.api.described import operations
from tests.api.doubt_cases import CASES, Case, Met
from tests.edge.fields import fields_of
from tests.guards.listed import compare
from tests.page_forms import PageForm, forms_on
from tests.world import Cast

ROOT = Path(__file__).parents[2]
APPS = ("tenants", "companies", "documents", "fleet", "tariffs", "orders", "commission", "finance")
KEY = "one-key"
WITHOUT_SUMS = {
    "orders/views/cabinet.py: lifecycle.create": "a client's request",
    "orders/api/orders.py: lifecycle.create": "a client's request",
}
ON_PAGES_ONLY = {
    "orders.crew_question.ask_about_crew": (
        "a call that names a partner alone says by itself that the crew is named later"
    ),
}

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.prepare.__name__)


@each_case
def test_a_page_asks_and_does_what_is_confirmed(in_alpha: Cast, browse: Any, case: Case) -> None:
    met = case.prepare(in_alpha)
    browser = browse(in_alpha, met.by)
    before = met.count()
    form = form_of(browser.get(met.page).content, met)
    answer = browser.post(form.action, form.fields | met.typed)
    assert answer.status_code in (409, 422)
    assert met.count() == before
    sent = answered(answer.content, form, met)
    assert browser.post(form.action, sent).status_code == 302
    assert met.count() == before + 1


def form_of(content: bytes, met: Met) -> PageForm:
    forms = [form for form in forms_on(content, met.page) if form.method == "post"]
    if met.act:
        return next(form for form in forms if form.action.endswith(f"/{met.act}/"))
    return next(form for form in forms if form.action == met.page)


def answered(content: bytes, form: PageForm, met: Met) -> dict[str, Any]:
    """What a browser sends when the question is answered with yes."""
    again = next(one for one in forms_on(content, form.action) if one.action == form.action)
    assert met.answer or "sure" in again.fields
    return again.fields | met.answer


@each_case
def test_the_api_asks_and_does_what_is_confirmed(in_alpha: Cast, call: Any, case: Case) -> None:
    met = case.prepare(in_alpha)
    caller = call(in_alpha, met.by)
    before = met.count()
    answer = send(caller, met)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert problem["title"] in ("confirmation_required", "overlap")
    assert problem["question"]["text"] == problem["detail"]
    assert met.count() == before
    assert send(caller, met, sure=["another question"]).status_code == 409
    assert met.count() == before
    done = send(caller, met, sure=[problem["question"]["key"]])
    assert done.status_code < 300, done.content
    assert met.count() == before + 1


def send(caller: Any, met: Met, **more: Any) -> Any:
    """A question that was not answered leaves the key free."""
    return caller.send(met.method, met.call, {**met.body, **more}, **{"Idempotency-Key": KEY})


@each_case
def test_the_api_asks_in_the_language_of_the_caller(in_alpha: Cast, call: Any, case: Case) -> None:
    met = case.prepare(in_alpha)
    caller = call(in_alpha, met.by)
    texts = set()
    for language in ("ru", "en"):
        caller.cookies["language"] = language
        texts.add(send(caller, met).json()["detail"])
    assert len(texts) == 2


def test_every_question_has_a_case() -> None:
    asking = {place for app in APPS for place in places_that_ask(ROOT / app)}
    missed = asking - {case.asked_by for case in CASES}
    compare(missed, ON_PAGES_ONLY, "questions without a case")
    assert {case.asked_by for case in CASES} <= asking


def places_that_ask(folder: Path) -> Iterator[str]:
    """The functions that make a Doubt."""
    kinds = {kind.__name__ for kind in [Doubt, *Doubt.__subclasses__()]}
    for path in folder.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and kinds & set(called_in(node)):
                yield f"{module}.{node.name}"


def called_in(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            yield part.func.id


def test_views_and_calls_hand_the_answers_to_every_act_that_asks() -> None:
    calls = [
        place
        for app in ("companies", "orders")
        for path in (ROOT / app).rglob("*.py")
        if "views" in path.parts or "api" in path.parts or path.name == "api.py"
        for place in acts_that_may_ask(path)
    ]
    assert len(calls) >= 14
    silent = [place for place, hands_on in calls if not hands_on]
    compare(silent, WITHOUT_SUMS, "acts that are not told the answers")


def acts_that_may_ask(path: Path) -> Iterator[tuple[str, bool]]:
    """Calls of acts that take `sure`, and whether it is given."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for node in ast.walk(ast.parse(path.read_text())):
        act = act_of(module, node.func) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and takes_answers(act, module):
            is_handed = any(keyword.arg == "sure" for keyword in node.keywords)
            yield f"{path.relative_to(ROOT)}: {ast.unparse(node.func)}", is_handed


def act_of(module: ModuleType, named: ast.expr) -> object:
    if isinstance(named, ast.Attribute) and isinstance(named.value, ast.Name):
        owner = getattr(module, named.value.id, None)
        return getattr(owner, named.attr, None) if isinstance(owner, ModuleType) else None
    return getattr(module, named.id, None) if isinstance(named, ast.Name) else None


def takes_answers(act: object, module: ModuleType) -> bool:
    """Whether an act of another module may ask."""
    is_act = inspect.isfunction(act) and act.__module__ != module.__name__
    return is_act and "sure" in inspect.signature(act).parameters


def test_every_call_that_may_ask_says_so() -> None:
    for operation in operations():
        takes_sure = any(one.path == ("sure",) for one in fields_of(operation))
        assert takes_sure == ("409" in operation.described["responses"]), operation.name
