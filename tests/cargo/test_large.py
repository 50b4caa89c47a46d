"""A large shop: the list's first page, its capped totals and the month's report.
CARGO_LARGE_ROWS=1000000 for the real size.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from commission.cargo.queries import dashboard, report, shipment_list
from commission.cargo.queries.shipment_list import ShipmentFilter
from tenants.actor import Actor
from tenants.context import inside
from tenants.kit import keyset
from tests.cargo.conftest import NOW, Shop
from tests.world import Cast, load

ROWS = int(os.environ.get("CARGO_LARGE_ROWS", "30000"))
MONTHS = 24
FILL = """
INSERT INTO cargo_shipment (
  id, received_on, customer_id, tracking_number, goods_type_id, transport, weight_kg, volume_cbm, price,
  cost_mode, card_id, card_version, rate_cbm, rate_kg, cost, cost_rule, commission, commission_method, status,
  salesperson_id, note, entered_at)
SELECT gen_random_uuid(), date '2024-02-01' + (n * 729 / %s)::int,
  (SELECT array_agg(id) FROM cargo_customer)[1 + n %% 200], 'TH' || n,
  'GENERAL', 'truck', 15.5, 0.125, 2500, 'AUTO', %s, 1, 900, 60, 930, 'KG', 1570, 'DIFF',
  CASE WHEN n %% 50 = 0 THEN 'loss' ELSE 'normal' END, CASE WHEN n %% 40 = 0 THEN NULL ELSE %s::uuid END, '', now()
FROM generate_series(1, %s) n
"""
FLOOR = """
SELECT s.*, c.code, c.name, p.code FROM cargo_shipment s JOIN cargo_customer c ON c.id = s.customer_id
LEFT JOIN cargo_salesperson p ON p.id = s.salesperson_id ORDER BY s.received_on DESC, s.id DESC LIMIT 50
"""


@pytest.fixture
def large(committed: None) -> Cast:
    cast = load("alpha")
    with inside(cast.scope):
        shop = Shop(cast)
        card = shop.card()
        who = shop.salesperson()
        from commission.cargo.models import Customer

        Customer.objects.bulk_create(
            Customer(code=f"PR-{n:04d}", created_at=NOW) for n in range(200)
        )
        with connection.cursor() as cursor:
            cursor.execute(FILL, [ROWS, card.pk, who.pk, ROWS])
    name = os.environ["DATABASE_URL"].rsplit("/", 1)[1].split("?")[0]
    url = os.environ["TEST_SUPERUSER_URL"].replace("/postgres?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f'VACUUM ANALYZE "{cast.info.schema}".cargo_shipment')  # type: ignore[arg-type]
    return cast


def timed(act: Callable[[], Any], times: int = 9) -> float:
    """The median in milliseconds."""
    act()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _floor() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        cursor.fetchall()


def first_page(head: Actor, filters: ShipmentFilter) -> Any:
    """What the page of the list asks the database for."""
    rows = shipment_list.filtered(head, filters)
    page = keyset.cut(
        shipment_list.cells(rows),
        sort=shipment_list.NEWEST,
        cursor=None,
        size=50,
        list_name="cargo.shipments",
        filters={},
        reader=keyset.reader_of(head),
    )
    return page, shipment_list.sums(rows)


@pytest.mark.proof
def test_a_million_shipments_do_not_slow_the_pages(large: Cast, browse: Any, capsys: Any) -> None:
    """Bounds are for a quiet machine at 1,000,000 rows; here they only catch a scan of the whole
    table.
    """
    head = large.actor()
    month = date(2025, 6, 1)
    with inside(large.scope):
        times = {
            "floor": timed(_floor),
            "first page": timed(lambda: first_page(head, ShipmentFilter())),
            "totals": timed(
                lambda: shipment_list.sums(shipment_list.filtered(head, ShipmentFilter()))
            ),
            "month totals": timed(
                lambda: shipment_list.sums(
                    shipment_list.filtered(head, ShipmentFilter(month=month))
                )
            ),
            "losses": timed(lambda: first_page(head, ShipmentFilter(status="loss"))),
            "search": timed(lambda: first_page(head, ShipmentFilter(search="TH99"))),
            "month report": timed(lambda: report.summary(head, month)),
            "dashboard": timed(lambda: dashboard.six_months(head, date(2026, 1, 1)), 3),
            "to check": timed(lambda: dashboard.to_check(head, date(2026, 1, 1))),
            "count": timed(lambda: dashboard.count_all(head)),
        }
    browser = browse(large, "head")
    times["page"] = timed(lambda: browser.get("/cargo/shipments/"))
    with capsys.disabled():
        print("\n" + "\n".join(f"{name:14} {value:8.1f} ms" for name, value in times.items()))
    assert all(value < 3000 for value in times.values()), times
