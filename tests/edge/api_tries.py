"""The walk through the API, and each of its calls tried with every value that does not belong."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.cache import cache
from django.db import connection, transaction

from tenants.context import inside
from tenants.kit.edge import text
from tests.api.described import UNSAFE, Operation, operation_of
from tests.api.walk import Walk
from tests.edge import samples
from tests.edge.fields import Field, fields_of

PROBLEM = "application/problem+json"


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
    content_type: str = ""
    content: bytes = b""
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
        operation = operation_of(method, address)
        if method in UNSAFE:
            self.try_out(operation, address, data, by)
        else:
            self.try_filters(operation, address, by)
        cache.clear()
        return super().call(method, address, data, by=by)

    def try_out(self, operation: Operation, address: str, data: Any, by: str) -> None:
        """The fields of a call, once for each kind of person; then what is no body at all."""
        for one in fields_of(operation):
            name = f"{operation.name} {one.name}"
            if f"{name} by {by}" in self.findings.fields:
                continue
            self.findings.fields.add(f"{name} by {by}")
            for value in samples.of_schema(one.schema):
                body = one.put({} if data is None else data, value)
                self.judge(name, one, value, self.tried(operation.method, address, body, by))
        for body in samples.BODIES if data is not None else ():
            self.judge(operation.name, None, body, self.tried(operation.method, address, body, by))

    def try_filters(self, operation: Operation, address: str, by: str) -> None:
        """What an address may carry, once for each kind of person."""
        path = address.split("?")[0]
        for parameter in operation.described.get("parameters", ()):
            name = f"{operation.name} ?{parameter['name']}"
            if parameter["in"] != "query" or f"{name} by {by}" in self.findings.fields:
                continue
            self.findings.fields.add(f"{name} by {by}")
            for value in samples.OF_ADDRESSES:
                query = urlencode({parameter["name"]: value})
                answer = self.tried(operation.method, f"{path}?{query}", None, by)
                self.judge(name, None, value, answer)

    def tried(self, method: str, address: str, body: Any, by: str) -> Answer:
        """The answer to a call of which nothing stays in the database."""
        self.findings.calls += 1
        cache.clear()
        self.caller(by)  # its token stays
        with inside(self.cast.scope), transaction.atomic():
            answer = self.answer(
                method,
                f"/api/v1/{address}",
                "" if body is None and method == "get" else json.dumps(body),
                by,
            )
            transaction.set_rollback(True)
        return answer

    def answer(self, method: str, path: str, body: str, by: str) -> Answer:
        """What came of a call; constraints that wait for the commit speak at once."""
        key = {"Idempotency-Key": uuid4().hex}
        try:
            with inside(self.cast.scope), transaction.atomic():
                answer = self.caller(by).generic(
                    method.upper(), path, body, "application/json", headers=key
                )
            with inside(self.cast.scope), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except Exception as raised:
            return Answer(500, fault=last_places(raised))
        return Answer(answer.status_code, answer.get("Content-Type", ""), answer.content)

    def judge(self, name: str, one: Field | None, value: Any, answer: Answer) -> None:
        tried = f"{name} = {json.dumps(value)[:80]}: {answer.status}"
        if answer.status >= 500:
            self.findings.broken.append(f"{tried} {answer.fault}")
        elif answer.status >= 400 and answer.content_type != PROBLEM:
            self.findings.broken.append(f"{tried} {answer.content_type}")
        elif answer.status == 422 and one and not names(answer.json, one):
            self.findings.unnamed.append(f"{tried} {answer.json.get('errors')}")
        elif answer.status < 300 and one and answer.content_type.startswith("application/json"):
            self.compare(name, tried, one, value, answer.json)

    def compare(self, name: str, tried: str, one: Field, value: Any, answer: Any) -> None:
        """Hold what the answer says against what was sent, where it says it."""
        if one.path[-1] in FOLLOWS:
            return
        try:
            stands = one.of(answer)
        except (LookupError, TypeError):
            return
        self.findings.compared.add(name)
        is_empty = value is None or (isinstance(value, str) and not bare(value))
        if not is_empty and not is_same(value, stands):
            self.findings.changed.append(f"{tried} stands as {json.dumps(stands)[:80]}")


# What an answer shows under the name of a field follows from others.
FOLLOWS = {
    "version": "is the one that was read; it grows with each change",
    "agreed_at": "the answer shows when the client agreed",
}


def names(problem: Any, one: Field) -> bool:
    """Whether a refusal names the field that was tried, the one around it, or a part of it."""
    fields = problem.get("errors", {})
    around = [".".join(map(str, one.path[: size + 1])) for size in range(len(one.path))]
    asked_with_it = GO_TOGETHER.get(one.name, ())
    return any(
        name in (*around, *asked_with_it)
        or name.startswith(f"{one.name}.")
        or in_its_row(name, one)
        for name in fields
    )


# A value of the one is right or wrong by the other.
GO_TOGETHER = {
    "acts_under": ("basis_number", "basis_on"),
    "email": ("phone",),
    "currency": ("client_fx", "fx"),
    "kind": ("company",),
    "carrier_currency": ("carrier_fx",),
    "partner": ("driver",),
    "cost_mode": ("cost",),
    "lat": ("lon",),
    "lon": ("lat",),
}


def in_its_row(name: str, one: Field) -> bool:
    """A row of the walk has one field alone: others of the row are asked for first."""
    row = one.name.rpartition(".")[0]
    return row[-1:].isdigit() and name.startswith(f"{row}.")


def is_same(sent: Any, stands: Any) -> bool:
    """Whether a value stands as it was sent, cleaned and in its one written form."""
    if isinstance(sent, str) and stands in (text.one_line(sent), text.lines(sent)):
        return True
    if isinstance(sent, list | dict):
        return True  # its parts are compared by themselves
    if bare(str(sent)) == bare(str(stands)) or (isinstance(stands, bool) and sent == stands):
        return True
    if TIME.fullmatch(str(sent)):
        return bool(stands == f"{sent}:00")
    try:
        return Decimal(str(sent).replace(",", ".")) == Decimal(str(stands))
    except InvalidOperation:
        return False


TIME = re.compile(r"\d\d:\d\d")


def bare(written: str) -> str:
    """A text without what numbers, plates and codes are written with or without."""
    return re.sub(r"[\s\-]", "", text.one_line(written)).casefold()


def last_places(raised: BaseException) -> str:
    places = traceback.extract_tb(raised.__traceback__)
    own = [place for place in places if "site-packages" not in place.filename]
    where = " < ".join(f"{place.filename}:{place.lineno}" for place in reversed(own[-2:]))
    return f"{type(raised).__name__}: {str(raised)[:140]!r} {where}"
