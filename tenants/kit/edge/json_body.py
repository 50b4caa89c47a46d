"""The JSON of a call: no deeper than any call needs, and every text of it whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from tenants.kit.edge.text import is_broken
from tenants.kit.problems import invalid

DEEPEST = 20  # levels; the deepest body of ours has five


class JSONParser(parsers.JSONParser):
    """DRF's, with refusals of what would break later."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as deep:
            raise ParseError from deep
        if broken := {place: [_("Some values are not right.")] for place in _broken(data, "", 0)}:
            raise invalid(broken)
        return data


def _broken(data: Any, name: str, depth: int) -> Iterator[str]:
    """The names of the fields with half characters in them. Raises ParseError."""
    if depth > DEEPEST:
        raise ParseError
    if isinstance(data, str) and is_broken(data):
        yield name
    elif isinstance(data, dict):
        for key, value in data.items():
            if is_broken(key):
                yield _whole(f"{name}.{key}".lstrip("."))
            yield from _broken(value, _whole(f"{name}.{key}".lstrip(".")), depth + 1)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _broken(value, f"{name}.{place}".lstrip("."), depth + 1)


def _whole(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
