"""Bringing read lines into the database: one COPY into cargo_importrow, then two looks for double
tracking numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from uuid import UUID

from django.db import connection

from commission.cargo.imports.lines import (
    Line,
    NotATable,
    Reader,
)

COLUMNS = (
    "batch_id, line, raw, received_on, customer_code, tracking_number, goods_type, transport,"
    " weight_kg, volume_cbm, price, cost_mode, manual_cost, errors, double, is_allowed, is_saved"
)
PIECE = 5_000  # rows of one COPY
STEP = 20_000  # rows between two reports of progress
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def stage(
    batch: UUID,
    rows: Iterable[tuple[int, list[str]]],
    reader: Reader,
    *,
    limit: int,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Copy all lines; returns how many. Raises NotATable for too many rows or none.

    Each piece is one short statement: however long the file takes to be read, none waits for it.
    """
    count = 0
    name = str(batch)
    numbered = iter(rows)
    while piece := list(islice(numbered, PIECE)):
        count += len(piece)
        if count > limit:
            raise NotATable("too_many_rows")
        _copy("".join(_row(name, reader.read(number, row)) for number, row in piece))
        if progress and not count % STEP:
            progress(count)
    if not count:
        raise NotATable("empty")
    return count


def _copy(text: str) -> None:
    statement = f"COPY cargo_importrow ({COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def _row(
    batch: str,
    line: Line,
) -> str:
    """A line in COPY's text format. Values were read and hold nothing to escape; raw cells are
    whatever was pasted.
    """
    day, customer, tracking, kind, way, kg, cbm, price, mode, cost = line.values
    if not line.errors:
        return (
            f"{batch}\t{line.number}\t\\N\t{day}\t{customer}\t{tracking}\t{kind}\t{way}\t{kg}\t{cbm}\t{price}\t{mode}"
            f"\t{cost or NULL}\t\\N\t\\N\tf\tf\n"
        )
    raw = _array(line.raw)
    errors = _array(line.errors)
    return (
        f"{batch}\t{line.number}\t{raw}\t{day or NULL}\t{customer}\t{tracking}\t{kind}\t{way}"
        f"\t{kg or NULL}\t{cbm or NULL}\t{price or NULL}\t{mode}\t{cost or NULL}\t{errors}\t\\N\tf\tf\n"
    )


NULL = "\\N"


def _array(texts: list[str]) -> str:
    quoted = ('"' + text[:2000].replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return ("{" + ",".join(quoted) + "}").translate(ESCAPES)


# Lines first, marks after: in one joined statement a planner that has not met the batch yet takes
# it for one row and
# sorts all of it again for each line.
TWICE = """
SELECT coalesce(array_agg(line), '{}') FROM (
  SELECT line, row_number() OVER (PARTITION BY upper(tracking_number) ORDER BY line) AS place
  FROM cargo_importrow WHERE batch_id = %s AND tracking_number <> ''
) t WHERE place > 1
"""
MARK = """
UPDATE cargo_importrow SET double = 'paste' WHERE batch_id = %s AND line = ANY(%s) AND double IS DISTINCT FROM 'paste'
"""
BEFORE = """
UPDATE cargo_importrow r SET double = 'database' WHERE r.batch_id = %s AND r.tracking_number <> '' AND r.double IS NULL
AND EXISTS (
  SELECT FROM cargo_shipment s
  WHERE upper(s.tracking_number) COLLATE "C" = upper(r.tracking_number) COLLATE "C"
)
"""
COUNT = """
SELECT count(*), count(*) FILTER (WHERE errors IS NOT NULL OR (double IS NOT NULL AND NOT is_allowed))
FROM cargo_importrow WHERE batch_id = %s
"""


def look_for_doubles(batch: UUID) -> None:
    """The later row of two carries the mark; a number that is stored already is marked too."""
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [batch])
        if later := cursor.fetchone()[0]:
            cursor.execute(MARK, [batch, later])
    look_in_database(batch)


def look_in_database(batch: UUID) -> None:
    """Again when it is confirmed: others may have saved meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [batch])


def counts(batch: UUID) -> tuple[int, int]:
    """All rows, and those that cannot be saved."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [batch])
        rows, bad = cursor.fetchone()
    return rows, bad
