"""The pages of a large shop: the list of shipments beside its floor, its totals, the month's
report, six months.

`BENCH_CARGO_SHIPMENTS` says how many (a million takes two minutes to fill in).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

from checks.bench import cargo_ground, ground
from checks.bench.list_page import beside_its_floor
from checks.bench.report import Line, in_turn
from commission.cargo.queries import dashboard, report, shipment_list
from commission.cargo.queries.shipment_list import ShipmentFilter
from tenants.actor import Actor
from tenants.context import inside
from tenants.kit import clock

ROWS = int(os.environ.get("BENCH_CARGO_SHIPMENTS", "1000000"))
ROUNDS = 11
ADDRESS = "/cargo/shipments/"


def lines() -> Iterator[Line]:
    head = cargo_ground.shop("large")
    cargo_ground.fill(head, ROWS)
    cast = cargo_ground.signed_in(head)
    recorded = ground.record(cast, ADDRESS, codes_like="TH0", language="th")
    mine, least = beside_its_floor(cast, ADDRESS, recorded)
    note = f"CPU; {len(recorded['queries'])} statements, {len(recorded['page']) // 1000} kB"
    yield Line(
        f"first page of {ROWS:,} shipments / floor",
        mine,
        least,
        most=6,
        note=note,
    )
    with inside(head.scope):
        yield from _sums(head)


def _sums(head: Actor) -> Iterator[Line]:
    """Medians, done in turn."""
    today = clock.now().date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    every, one, lost = (
        shipment_list.filtered(head, filters)
        for filters in (
            ShipmentFilter(),
            ShipmentFilter(month=month),
            ShipmentFilter(month=month, status="loss"),
        )
    )
    took = in_turn(
        ROUNDS,
        lambda: shipment_list.sums(every),
        lambda: shipment_list.sums(one),
        lambda: shipment_list.sums(lost),
        lambda: report.summary(head, month),
        lambda: report.totals(head, month),
        lambda: _six(head, today),
    )
    names = (
        "totals of all, capped",
        "totals of a month",
        "totals of a month's losses",
        "report of a month",
        "sums of a month",
        "six open months of the dashboard",
    )
    for name, milliseconds in zip(names, took, strict=True):
        yield Line(
            f"{name}, {ROWS:,} shipments",
            milliseconds,
            within=150 if name.startswith("six") else 50,
        )


def _six(head: Actor, today: date) -> None:
    dashboard.six_months(head, today.replace(day=1))
