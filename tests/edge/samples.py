"""What is tried in a field: values below, at and above each bound, of a wrong type, and hostile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenants.kit.edge.text import is_broken

HOSTILE = (
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\u200b\u200e\u202a\ufeff",
    "Про\u200bба\u202e\u2066",
    "  двойные \t  пробелы  ",
    "строка\r\nстрока\nстрока",
    "\ud800",
    "a\udfffb",
    "👨‍👩‍👧 ๆ ﷺ \U0010ffff",
    "'; DROP TABLE orders_order; --",
    "<script>alert(1)</script>{{ 7*7 }}%s%(x)s",
    "=HYPERLINK(A1)",
    "э" * 10_000,
    "",
    " ",
)
NUMBERS = (
    "0",
    "-1",
    "-0.01",
    "0.01",
    "0.001",
    "1e400",
    "1E+15",
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "999999999",
    "9999999999.99",
    "10000000000",
    "9999999999999999.99",
    "1" * 400,
    "0." + "0" * 300 + "1",
    "१२३",
    "1,5",
    "0x10",
)
NUMBERS_IN_TEXT = ("0", "-1", "1e400", "sNaN", "1,5", "9" * 30, "9999-12-31", "0001-01-01")
WHOLE = (-(2**63) - 1, -1, 0, 1, 32_767, 32_768, 2**31 - 1, 2**31, 2**63, 10**400)
DAYS = (
    "0001-01-01",
    "0026-11-29",
    "1899-12-31",
    "2006-01-01",
    "2026-02-30",
    "2569-01-18",
    "9999-12-31",
    "10000-01-01",
    "26-11-29",
    "2026-11-29T00:00:00Z",
)
MOMENTS = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    "2026-11-29T25:00:00Z",
    "2026-11-29",
    "0",
)
MONTHS = ("0001-01", "2026-13", "9999-12", "2026-1", "26-01", "0000-00")
TIMES = ("00:00", "23:59:59.999999", "24:00", "25:61", "08:00+14:00", "8")
WRONG_TYPES = (None, True, False, 0, 1.5, -1, 1e308, [], [None], [[[]]], {}, {"a": {"b": None}})
BODIES = (None, True, 0, "text", [], [[]], {"": 1}, {"\ud800": 1}, {"a\x00": 1}, [1])


def of_schema(schema: Any) -> Iterator[Any]:
    """The values that a field with this description of OpenAPI is tried with."""
    yield from WRONG_TYPES
    kind = schema.get("type")
    shape = schema.get("format", "")
    if "enum" in schema:
        yield from (*schema["enum"], "no-such-choice", *HOSTILE[:8])
    elif kind == "string" and shape == "date":
        yield from (*DAYS, *HOSTILE[:8])
    elif kind == "string" and shape == "date-time":
        yield from (*MOMENTS, *DAYS, *HOSTILE[:8])
    elif kind == "string" and shape == "time":
        yield from (*TIMES, *HOSTILE[:8])
    elif kind == "string" and shape == "decimal":
        yield from (*NUMBERS, *HOSTILE[:8])
    elif kind == "string":
        yield from (*_lengths(schema), *HOSTILE, *NUMBERS_IN_TEXT)
    elif kind in ("integer", "number"):
        yield from (*_bounds(schema), *WHOLE, *NUMBERS, *HOSTILE[:8], float("nan"), float("inf"))
    elif kind == "array":
        yield from ([value] for value in (*HOSTILE, *WRONG_TYPES))
    elif kind == "object":
        yield from ({key: {key: {key: "1"}}} for key in HOSTILE)


def _lengths(schema: Any) -> Iterator[str]:
    longest = schema.get("maxLength", 200)
    for length in (1, longest - 1, longest, longest + 1):
        yield "ж" * length
    yield "👍" * longest


def _bounds(schema: Any) -> Iterator[float]:
    for name in ("minimum", "maximum"):
        if name in schema:
            bound = schema[name]
            yield from (bound - 1, bound - 0.001, bound, bound + 0.001, bound + 1)


OF_ADDRESSES = tuple(
    value for value in (*HOSTILE, *NUMBERS, *DAYS, *MONTHS) if not is_broken(value)
)
