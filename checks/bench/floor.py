"""The floor of a list: a bare WSGI function that runs the page's own statements prepared and joins
its bytes from strings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

_page = json.loads(Path(os.environ["BENCH_PAGE"]).read_text())
_parts: list[str] = _page["parts"]  # the page cut at every order's code
_reference: int = _page["reference"]  # which statement lists the orders
_column: int = _page["column"]  # and which of its columns is the code
_db = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
_db.execute(SQL("SET ROLE {}").format(Identifier(_page["schema"])))
_db.execute(SQL("SET search_path = {}, public").format(Identifier(_page["schema"])))


def application(
    environ: dict[str, object], start_response: Callable[..., object]
) -> Iterable[bytes]:
    answers = [_db.execute(statement, prepare=True).fetchall() for statement in _page["queries"]]
    codes = [escape(str(row[_column])) for row in answers[_reference]]
    body = _joined(codes).encode()
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ],
    )
    return [body]


def _joined(codes: list[str]) -> str:
    pieces = []
    for part, number in zip(_parts, _page["order"], strict=False):
        pieces.append(part)
        pieces.append(codes[number])
    pieces.append(_parts[-1])
    return "".join(pieces)
