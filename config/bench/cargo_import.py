"""An import of Commission Cargo, preview and confirm, against the COPY of finished rows into the same table.

`BENCH_CARGO_ROWS` names the sizes; a million takes minutes and needs STATEMENT_TIMEOUT=20min.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from commission.cargo import bench, rate_cards
from commission.cargo.models import GoodsType, Transport
from commission.cargo.pricing import Rates
from config.bench.report import Line
from tenants.accounts import identify
from tenants.accounts.actor import Actor
from tenants.accounts.models import Membership
from tenants.context import GATE, inside
from tenants.platform import provisioning, resellers

SIZES = tuple(int(size) for size in os.environ.get("BENCH_CARGO_ROWS", "10000").split(","))
GOALS = {10_000: 2.5, 1_000_000: 3.0}


def lines() -> Iterator[Line]:
    head = _shop()
    with inside(head.scope):
        for rows in SIZES:
            found = bench.cargo_import(rows, by=head, at=timezone.now())
            ours, note = 1000 * (found.preview + found.confirm), f"{found.megabytes:.0f} MB"
            yield Line(
                f"cargo import of {rows:,} / COPY of finished rows",
                ours,
                1000 * found.floor,
                most=GOALS.get(rows, 3.0),
                note=note,
            )
            yield Line(f"cargo import of {rows:,} / row by row", ours, 1000 * found.row_by_row, least=20)


def _shop() -> Actor:
    """A reseller with the module, a card of it active."""
    now = timezone.now()
    provisioning.refill(wanted=1, at=now)
    made = resellers.create(slug="parcels", name="Parcels", email="head@parcels.test", country="TH", cargo=True, at=now)
    with inside(GATE):
        member = Membership.objects.select_related("user", "reseller").get(reseller=made.reseller)
        head = identify.member(member)
    assert head
    with inside(head.scope):
        from commission.cargo import defaults

        defaults.ensure()
        rates = Rates(Decimal(900), Decimal(60))
        prices = {(kind.code, way.value): rates for kind in GoodsType.objects.all() for way in Transport}
        card = rate_cards.create(name="Card", prices=prices, by=head, at=now)
        rate_cards.activate(card=card, past_months=True, by=head, at=now)
    return head
