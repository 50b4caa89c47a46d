"""The walk through the API, and each of its calls tried with every value that does not belong."""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from tenants.context import inside
from tests.api.described import UNSAFE, Operation, operation_of
from tests.api.walk import Walk
from tests.edge import samples
from tests.edge.fields import Field, fields_of


@dataclass
class Findings:
    """What came out."""

    calls: int = 0
    fields: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    compared: set[str] = field(default_factory=set)


@dataclass
class Answer:
    status: int
    content_type: str
    content: bytes
    fault: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.content or b"null")


@dataclass
class EdgeWalk(Walk):
    """Each call of the walk is first tried with every value, and the database rolled back; then it
    is made as it is.
    """

    findings: Findings = field(default_factory=Findings)

    def call(self, method: str, address: str, data: Any = None, *, by: str = "head") -> Any:
        if method in UNSAFE:
            self.try_out(operation_of(method, address), address, data, by)
        cache.clear()
        return super().call(method, address, data, by=by)

    def try_out(self, operation: Operation, address: str, data: Any, by: str) -> None:
        for one in fields_of(operation):
            name = f"{operation.name} {one.name} by {by}"
            if name in self.findings.fields:
                continue
            self.findings.fields.add(name)
            for value in samples.of_schema(one.schema):
                body = one.put({} if data is None else data, value)
                answer = self.tried(method_of(operation), address, body, by)
                self.judge(name, one, value, answer)
        name = f"{operation.name} body"
        if name not in self.findings.fields:
            self.findings.fields.add(name)
            for body in samples.BODIES:
                self.judge(name, None, body, self.tried(method_of(operation), address, body, by))

    def tried(self, method: str, address: str, body: Any, by: str) -> Answer:
        """The answer to a call of which nothing stays in the database."""
        self.findings.calls += 1
        cache.clear()
        headers = {"Idempotency-Key": uuid4().hex}
        caller = self.caller(by)
        caller.raise_request_exception = False
        with inside(self.cast.scope), transaction.atomic():
            sent = json.dumps(body)
            path = f"/api/v1/{address}"
            try:
                answer = caller.generic(
                    method.upper(), path, sent, "application/json", headers=headers
                )
                content = answer.content
                kept = Answer(answer.status_code, answer.get("Content-Type", ""), content)
                if answer.status_code == 500:
                    info = getattr(answer, "exc_info", None)
                    kept.fault = last_lines(info[1]) if info else ""
            except Exception as raised:
                kept = Answer(500, "", b"", last_lines(raised))
            transaction.set_rollback(True)
        return kept

    def judge(self, name: str, one: Field | None, value: Any, answer: Answer) -> None:
        tried = f"{name} = {json.dumps(value)[:60]}: {answer.status}"
        if answer.status >= 500 or answer.fault:
            self.findings.broken.append(f"{tried} {answer.fault}")
        elif answer.status >= 400 and answer.content_type != "application/problem+json":
            self.findings.broken.append(f"{tried} {answer.content_type}")


def method_of(operation: Operation) -> str:
    return operation.method


def last_lines(raised: BaseException) -> str:
    places = traceback.extract_tb(raised.__traceback__)
    own = [place for place in places if "/site-packages/" not in place.filename]
    where = " < ".join(
        f"{place.filename.split('/wt/edge/')[-1]}:{place.lineno}" for place in reversed(own[-2:])
    )
    return f"{type(raised).__name__}: {str(raised)[:140]!r} {where}"
