"""The description of the API says what comes and goes, and it is kept: by every answer of a walk
through all calls, and by every body with a field too many.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps

from tenants.context import inside
from tests.api.described import (
    UNSAFE,
    Operation,
    bare,
    faults,
    operation_of,
    operations,
)
from tests.api.walk import Walk, walk_through
from tests.guards.listed import compare
from tests.world import Cast

STRANGE = "strange_field"
FREE_FORM = {
    "AuditEventOut.before": "each act keeps fields of its own",
    "AuditEventOut.after": "each act keeps fields of its own",
}
NOT_JSON = {
    "get documents/{document_id}/pdf": "a file",
    "delete cargo/shipments/{shipment_id}": "",
    "delete companies/{company_id}/accounts/{account_id}": "",
    "delete companies/{company_id}/addresses/{address_id}": "",
    "delete companies/{company_id}/notes/{note_id}": "",
}
NOT_WALKED: dict[str, str] = {}
TAKES_MORE = {
    "post trips/{job_id}/positions: 200": "each point is refused by itself, in the answer",
}


def test_no_body_and_no_answer_is_just_an_object() -> None:
    untyped = [
        place
        for operation in operations()
        for name, schema in operation.schemas()
        if schema.get("format") != "binary"
        for place in bare(schema, name)
    ]
    compare(untyped, FREE_FORM, "descriptions that say nothing")


def test_every_answer_is_described() -> None:
    for operation in operations():
        answers = operation.described["responses"]
        silent = [status for status in answers if operation.answer(int(status)) is None]
        assert not silent or operation.name in NOT_JSON, operation.name


@pytest.fixture
def walk(alpha: Cast) -> Walk:
    return walk_through(alpha)


@pytest.mark.slow
def test_every_real_answer_is_as_described(walk: Walk) -> None:
    walked = set()
    wrong = []
    for kept in walk.kept:
        operation = operation_of(kept.method, kept.address)
        walked.add(operation.name)
        if operation.name not in NOT_JSON:
            wrong += faults(operation, kept.status, kept.json)
    assert wrong == []
    missed = {operation.name for operation in operations()} - walked
    compare(missed, NOT_WALKED, "calls that the walk leaves out")


@pytest.mark.slow
def test_a_field_too_many_is_refused_by_name_everywhere(walk: Walk) -> None:
    before = rows(walk.cast)
    lenient = []
    for operation in operations():
        if operation.method in UNSAFE:
            by = "nobody" if operation.path.startswith("auth/") else "head"
            address = addressed(operation, walk.ids)
            answer = walk.caller(by).send(operation.method, address, strange(operation))
            if answer.status_code != 422 or not names_it(answer.json()):
                lenient.append(f"{operation.name}: {answer.status_code}")
    compare(lenient, TAKES_MORE, "calls that take an unknown field")
    assert rows(walk.cast) == before, "nothing was written"


def strange(operation: Operation) -> Any:
    """A body with nothing but a field that no call knows."""
    content = operation.described.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return [{STRANGE: 1}] if schema.get("type") == "array" else {STRANGE: 1}


def names_it(problem: Any) -> bool:
    return any(name.split(".")[-1] == STRANGE for name in problem.get("errors", {}))


def addressed(operation: Operation, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: ids[match[1]], operation.path)


def rows(cast: Cast) -> dict[str, int]:
    """How many rows each table of the reseller has, and its audit trail with them."""
    ours = (
        "companies",
        "documents",
        "fleet",
        "orders",
        "commission",
        "cargo",
        "finance",
        "office",
    )
    with inside(cast.scope):
        return {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if model._meta.app_label in ours
        }
