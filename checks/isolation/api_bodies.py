"""Which fields each call of the API knows, from its own description: a body with a field too many
is refused before anything else is looked at, and would try nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

REF = "#/components/schemas/"


@cache
def _description() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def fitted(
    route: str,
    method: str,
    values: dict[str, object],
) -> object:
    """The values whose fields this call knows; a list of one where it takes a list."""
    schema = _body(route, method)
    is_list = schema.get("type") == "array"
    named = _named(schema["items"] if is_list else schema)
    fields = {name: value for name, value in values.items() if name in named["properties"]}
    return [fields] if is_list else fields


def _body(
    route: str,
    method: str,
) -> Any:
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    operation = (
        _description()["paths"]
        .get(path, {})
        .get(
            method.lower(),
            {},
        )
    )
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return schema or {"properties": {}}


def _named(schema: Any) -> Any:
    name = schema.get("$ref", "").removeprefix(REF)
    return _description()["components"]["schemas"][name] if name else schema
