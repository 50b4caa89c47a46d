"""The API's own description (OpenAPI), read strictly: what an answer may be, and nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any

from django.core.management import call_command
from jsonschema import Draft202012Validator, FormatChecker

JSON = "application/json"
PROBLEM = "application/problem+json"
UNSAFE = ("post", "put", "patch", "delete")
FORMATS = FormatChecker(["date", "uuid"])


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    described: Any

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def matches(self, method: str, address: str) -> bool:
        pattern = re.sub(r"\{\w+\}", "[^/]+", self.path)
        return method == self.method and re.fullmatch(pattern, address) is not None

    def answer(self, status: int) -> Any:
        """The schema of the answer; None where it has no JSON body."""
        content = self.described["responses"][str(status)].get("content", {})
        return content.get(PROBLEM if status >= 400 else JSON, {}).get("schema")

    def schemas(self) -> Iterator[tuple[str, Any]]:
        """All that may come and go, under a name."""
        for kind, content in self.described.get("requestBody", {}).get("content", {}).items():
            yield f"{self.name} body {kind}", content["schema"]
        for status, answer in self.described["responses"].items():
            for content in answer.get("content", {}).values():
                yield f"{self.name} {status}", content["schema"]


@cache
def document() -> Any:
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    return json.loads(out.getvalue())


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(
        Operation(method, path.removeprefix("/api/v1/"), described)
        for path, methods in document()["paths"].items()
        for method, described in methods.items()
    )


def operation_of(method: str, address: str) -> Operation:
    """The operation of an address; the one with the fewest arguments."""
    matching = [one for one in operations() if one.matches(method, address.split("?")[0])]
    return min(matching, key=lambda one: one.path.count("{"))


def faults(operation: Operation, status: int, answer: Any) -> list[str]:
    """Where an answer is not what its description says; a field too many is one."""
    schema = operation.answer(status)
    assert schema is not None, f"{operation.name} {status} has no described answer"
    whole = {
        **_strict(schema),
        "components": _strict(document()["components"]),
    }
    errors = Draft202012Validator(whole, format_checker=FORMATS).iter_errors(answer)
    return [f"{operation.name} {error.json_path}: {error.message[:300]}" for error in errors]


def _strict(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON schema, closed against fields that are not named."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    read = {name: _strict(part) for name, part in schema.items() if name != "nullable"}
    if schema.get("type") == "object" and "properties" in schema:
        read.setdefault("additionalProperties", False)
    if schema.get("nullable") is True and len(schema) > 1:
        return {"anyOf": [read, {"type": "null"}]}
    return read


def bare(schema: Any, where: str) -> Iterator[str]:
    """Places of a schema that say no more than "an object" or "anything"."""
    if name := schema.get("$ref", "").removeprefix("#/components/schemas/"):
        yield from bare(document()["components"]["schemas"][name], name)
        return
    parts = schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf")
    if parts:
        for part in parts:
            yield from bare(part, where)
    elif schema.get("type") == "array":
        yield from bare(schema["items"], f"{where}[]")
    elif schema.get("type") == "object" and "properties" in schema:
        for name, part in schema["properties"].items():
            yield from bare(part, f"{where}.{name}")
    elif schema.get("type") == "object" and schema.get("additionalProperties"):
        yield from bare(schema["additionalProperties"], f"{where}{{}}")
    elif "enum" not in schema and schema.get("type") in (None, "object"):
        yield where
