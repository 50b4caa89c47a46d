"""The JSON of a call: no deeper than any call needs, every name once, and every text of it whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from tenants.kit.edge.text import is_broken
from tenants.kit.problems import invalid

DEEPEST = 20  # levels; the deepest body of ours has five


class JSONParser(parsers.JSONParser):
    """DRF's, with refusals of what would break later."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            data = json.load(
                codecs.getreader(encoding)(stream),
                parse_constant=_no_number,
                object_pairs_hook=_object,
            )
        except (ValueError, RecursionError) as wrong:
            raise ParseError(_("The body is no JSON.")) from wrong
        if broken := {place: [_("Some values are not right.")] for place in _broken(data, "", 0)}:
            raise invalid(broken)
        return data


def _no_number(name: str) -> None:
    """NaN and Infinity, which Python would read. Raises ValueError."""
    raise ValueError(name)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON. One name with two values would lose the first in silence."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _value in pairs]
        twice = {_whole(name) for name in names if names.count(name) > 1}
        raise invalid({name: [_("This was sent twice.")] for name in twice})
    return values


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
