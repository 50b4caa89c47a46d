"""A reseller with the module: its head signed in, a card active, and as many shipments as asked
for.
"""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from checks.bench import ground
from commission.cargo.models import (
    Customer,
    GoodsType,
    RateCard,
    Transport,
)
from commission.cargo.people import salespeople
from commission.cargo.rates import defaults, rate_cards
from commission.cargo.rates.pricing import Rates
from tenants.accounts import identify
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.panel import resellers
from tenants.platform import provisioning

CUSTOMERS = 200
SALESPEOPLE = 8
DAYS = 730
PIECE = 25_000
FILL = """
INSERT INTO cargo_shipment (
  id, received_on, customer_id, tracking_number, goods_type_id, transport, weight_kg, volume_cbm, price,
  cost_mode, card_id, card_version, rate_cbm, rate_kg, cost, cost_rule, commission, commission_method, status,
  salesperson_id, note, entered_at)
SELECT gen_random_uuid(), %(last)s::date - ((%(rows)s - n) * %(days)s::bigint / %(rows)s)::int,
  (%(customers)s::uuid[])[1 + n %% cardinality(%(customers)s::uuid[])], 'TH' || lpad(n::text, 9, '0'),
  'GENERAL', 'truck', 15.5, 0.125, 2500, 'AUTO', %(card)s, 1, 900, 60, 930, 'KG', 1570, 'DIFF',
  CASE WHEN n %% 50 = 0 THEN 'loss' ELSE 'normal' END,
  CASE WHEN n %% 40 = 0 THEN NULL ELSE (%(sellers)s::uuid[])[1 + n %% cardinality(%(sellers)s::uuid[])] END, '', %(at)s
FROM generate_series(%(first)s::int, %(until)s::int) n
"""


def shop(slug: str) -> Actor:
    """A reseller with the module, a card of it active; its head."""
    now = clock.now()
    provisioning.refill(spares=1, at=now)
    created = resellers.create(
        slug=slug,
        name=slug.title(),
        email=f"head@{slug}.test",
        country="TH",
        cargo=True,
        at=now,
    )
    with inside(GATE):
        head = identify.member(
            Membership.objects.select_related("user", "reseller").get(reseller=created.reseller)
        )
    assert head
    with inside(head.scope):
        defaults.ensure()
        rates = Rates(Decimal(900), Decimal(60))
        prices = {
            (kind.code, way.value): rates for kind in GoodsType.objects.all() for way in Transport
        }
        card = rate_cards.create(name="Card", prices=prices, by=head, at=now)
        rate_cards.activate(card=card, past_months=True, by=head, at=now)
    return head


def signed_in(head: Actor) -> ground.Cast:
    """Her session, the one-time password behind her."""
    with inside(GATE):
        member = Membership.objects.select_related("user").get(pk=head.member_id)
        member.user.must_change_password = False
        member.user.save(update_fields=["must_change_password"])
        key = ground.session_of(member.user, member)
    return ground.Cast(head.scope, member.pk, f"sid={key}; language=th")


def fill(head: Actor, rows: int) -> None:
    """Two years of shipments up to today, swept and analysed as the server's own autovacuum would
    in time.
    """
    now = clock.now()
    with inside(head.scope):
        sellers = [
            salespeople.add(
                code=f"S-{n:02d}",
                name=f"Person {n}",
                phone="",
                email="",
                by=head,
                at=now,
            ).pk
            for n in range(SALESPEOPLE)
        ]
        customers = [
            row.pk
            for row in Customer.objects.bulk_create(
                Customer(code=f"PR-{n:04d}", name=f"ลูกค้า {n}", created_at=now)
                for n in range(CUSTOMERS)
            )
        ]
        values: dict[str, int | date | UUID | list[UUID]] = {
            "rows": rows,
            "days": DAYS,
            "last": now.date(),
            "at": now,
            "card": RateCard.objects.get().pk,
            "customers": customers,
            "sellers": sellers,
        }
        for first in range(1, rows + 1, PIECE):
            with connection.cursor() as cursor:
                cursor.execute(
                    FILL,
                    values
                    | {
                        "first": first,
                        "until": min(first + PIECE - 1, rows),
                    },
                )
    with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as db:
        table = Identifier(head.scope.schema, "cargo_shipment")
        db.execute(SQL("VACUUM ANALYZE {}").format(table))
