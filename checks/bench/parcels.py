"""How much an import costs over the bare COPY of finished rows into the real table with its keys
and indexes.

Runs in the scope in force, inside a transaction that is rolled back: nothing stays.
"""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import connection, transaction

from commission.cargo.imports import confirm, start
from commission.cargo.models import ImportBatch, Shipment
from commission.cargo.shipments import editing
from tenants.actor import Actor

COLUMNS = (
    "id, received_on, customer_id, tracking_number, goods_type_id, transport, weight_kg, volume_cbm, price,"
    " cost_mode, card_id, card_version, rate_cbm, rate_kg, cost, cost_rule, commission, commission_method,"
    " status, salesperson_id, lot_id, batch_id, note, entered_at, entered_by"
)
KINDS = ("GENERAL", "TISI", "FDA", "SPECIAL")
WAYS = ("ทางบก", "ทางเรือ")
BY_HAND = 300


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds, and megabytes of the process at its largest."""

    rows: int
    floor: float
    preview: float
    confirm: float
    row_by_row: float  # as many rows through the form's own act, scaled up
    megabytes: float

    @property
    def ratio(self) -> float:
        return (self.preview + self.confirm) / self.floor


class _Back(Exception):
    """Rolls the transaction back."""


def paste(rows: int) -> bytes:
    """What Excel would give: Thai words, thousands separators, 500 customers, two months."""
    out = io.BytesIO()
    for n in range(rows):
        line = (
            f"{1 + n % 28:02d}/{1 + n // 28 % 2:02d}/2569\tPR-{n % 500:04d}\tTH{n:09d}\t{KINDS[n % 4]}\t{WAYS[n % 2]}"
            f"\t{1 + n % 90}.{n % 10}\t0.{1 + n % 900:03d}\t{1 + n % 9},{n % 1000:03d}.00\tAUTO\n"
        )
        out.write(line.encode())
    return out.getvalue()


def cargo_import(rows: int, *, by: Actor, at: datetime) -> Result:
    """Preview and confirm beside the floor. The shop needs an active card."""
    measures = dict[str, float]()
    try:
        with transaction.atomic():
            stored, batch = _timed(
                lambda: start.of_file(name="bench.tsv", content=paste(rows), by=by, at=at)
            )
            written, _text = _timed(lambda: paste(rows))
            del _text
            read, _none = _timed(
                lambda: start.read_stored(batch=batch, at=at) if batch.state == "reading" else None
            )
            measures["preview"] = stored - written + read
            measures["confirm"], _saved = _timed(lambda: _confirmed(batch, by, at))
            measures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            finished = _finished()
            Shipment.objects.filter(batch=batch)._raw_delete(using="default")
            _constraints()
            measures["floor"], _copied = _timed(lambda: _copy(finished))
            measures["row_by_row"], _done = _timed(lambda: _by_hand(by, at))
            raise _Back
    except _Back:
        pass
    measures["row_by_row"] *= rows / BY_HAND
    return Result(rows, **measures)


def _confirmed(batch: ImportBatch, by: Actor, at: datetime) -> None:
    confirm.confirm(batch=batch, by=by, at=at)
    _constraints()


def _finished() -> list[bytes]:
    statement = f"COPY (SELECT {COLUMNS} FROM cargo_shipment ORDER BY entered_at, tracking_number) TO STDOUT"
    pieces = [bytearray()]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            pieces[-1] += piece
            if len(pieces[-1]) > 1 << 18:
                pieces.append(bytearray())
    return [bytes(piece) for piece in pieces]


def _copy(finished: list[bytes]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY cargo_shipment ({COLUMNS}) FROM STDIN") as copy,
    ):
        for piece in finished:
            copy.write(piece)
    _constraints()


def _by_hand(by: Actor, at: datetime) -> None:
    from datetime import date
    from decimal import Decimal

    for n in range(BY_HAND):
        entry = editing.Entry(
            date(2026, 1, 18),
            f"PR-{n % 50:04d}",
            f"HAND{n}",
            "GENERAL",
            "truck",
            Decimal("15.5"),
            Decimal("0.125"),
            Decimal(2500),
        )
        editing.add(entry=entry, by=by, at=at)
    _constraints()


def _constraints() -> None:
    """Foreign keys are checked when a transaction commits; here at once, so that they are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = act()
    return time.perf_counter() - started, result
