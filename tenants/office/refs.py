"""References shown to people: `ORD-260313-0003` is kind, day and number within the day."""

from __future__ import annotations

from datetime import date

from django.db import connection

NEXT = """
INSERT INTO office_refcounter (kind, "on", last) VALUES (%s, %s, 1)
ON CONFLICT (kind, "on") DO UPDATE SET last = office_refcounter.last + 1 RETURNING last
"""


def next_ref(kind: str, *, on: date) -> str:
    """The next reference of a kind; the counter's row stays locked until the caller's transaction
    ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [kind, on])
        number = cursor.fetchone()[0]
    return f"{kind}-{on:%y%m%d}-{number:04d}"
