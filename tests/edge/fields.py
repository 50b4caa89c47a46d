"""The writable fields of the API's calls, as its own description (OpenAPI) names them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.api.described import JSON, Operation, document

FIRST = 0
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Field:
    """One field of a body; a number in its path is the place in a list."""

    path: Path
    schema: Any

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path))

    def put(self, body: Any, value: Any) -> Any:
        """A copy of the body with another value in this field."""
        changed = deepcopy(body)
        place = changed
        for step, following in zip(self.path, self.path[1:], strict=False):
            place = _inside(place, step, following)
        last = self.path[-1]
        if isinstance(place, list) and len(place) <= int(last):
            place.append(value)
        else:
            place[last] = value
        return changed

    def of(self, body: Any) -> Any:
        """What a body or an answer holds in this field; raises LookupError."""
        for step in self.path:
            body = body[step]
        return body


def _inside(place: Any, step: str | int, following: str | int) -> Any:
    """The container under a step, made where the body has none."""
    empty: Any = [] if isinstance(following, int) else {}
    if isinstance(place, list):
        if not place:
            place.append(empty)
    elif not isinstance(place.get(step), list | dict):
        place[step] = empty
    return place[step]


def fields_of(operation: Operation) -> list[Field]:
    """All that a JSON body of this call may carry, lists and objects with their parts."""
    content = operation.described.get("requestBody", {}).get("content", {})
    schema = content.get(JSON, {}).get("schema")
    return list(_fields(schema, ())) if schema else []


def _fields(schema: Any, path: Path) -> Iterator[Field]:
    schema = _resolved(schema)
    if path:
        yield Field(path, schema)
    if schema.get("type") == "array":
        yield from _fields(schema["items"], (*path, FIRST))
    for name, part in schema.get("properties", {}).items():
        yield from _fields(part, (*path, name))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _fields(schema["additionalProperties"], (*path, "x"))


def _resolved(schema: Any) -> Any:
    """The schema itself, with what a reference and its neighbours say."""
    for part in (*schema.get("allOf", ()), *schema.get("oneOf", ())[:1]):
        schema = {**_resolved(part), **schema}
    if name := schema.get("$ref", "").removeprefix("#/components/schemas/"):
        return {**document()["components"]["schemas"][name], **schema}
    return schema
