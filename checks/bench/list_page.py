"""The list of orders with 50 rows, signed in, against its floor: the same SQL prepared, the same
bytes by string joins, the same server, no session. Compared in milliseconds of processor time of
application and database together."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from checks.bench import ground
from checks.bench.report import Line
from checks.bench.server import Server

WARM = 30
REQUESTS = 120
ROUNDS = 3
ADDRESS = "/orders/"


def lines() -> Iterator[Line]:
    cast = ground.build()
    recorded = ground.record(cast, ADDRESS)
    mine, least = beside_its_floor(cast, ADDRESS, recorded)
    note = f"CPU; {len(recorded['queries'])} statements, {len(recorded['page']) // 1000} kB, {ground.ORDERS} orders"
    yield Line(
        "list of 50 orders, signed in / floor",
        mine,
        least,
        most=6,
        note=note,
    )


def beside_its_floor(cast: ground.Cast, address: str, recorded: ground.Recorded) -> list[float]:
    """Milliseconds of processor time a request: ours, and the floor's."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "page.json"
        kept.write_text(json.dumps(recorded))
        env = dict(os.environ) | {"BENCH_PAGE": str(kept)}
        with (
            Server("config.wsgi:application", env) as ours,
            Server("checks.bench.floor:application", env) as floor,
        ):
            for server in (ours, floor):
                server.ask(address, cast.cookies, WARM)
            taken = [
                (
                    ours.cost(address, cast.cookies, REQUESTS),
                    floor.cost(address, cast.cookies, REQUESTS),
                )
                for _ in range(ROUNDS)
            ]
    return [median(costs) for costs in zip(*taken, strict=True)]
