"""One database with many rows in every long table, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from finance.models import Payable
from fleet import drivers, vehicles
from orders import assignment
from tenants.context import inside
from tenants.exchange import acts
from tenants.kit import clock
from tenants.office.models import Member, Notification
from tests.conftest import own_database
from tests.exchange.helpers import card, fleet
from tests.finance import money_samples
from tests.forms.test_unchanged import DRIVER, VEHICLE
from tests.orders import order_samples
from tests.volume.rows import DAY, copy_rows, new_id, settle
from tests.world import Cast, load

PUBLIC = (
    "exchange_listing",
    "exchange_offer",
    "exchange_round",
    "exchange_job",
    "drivers_driver",
    "drivers_driverprivate",
    "drivers_vehicle",
)
OWN = (
    "companies_company",
    "orders_order",
    "orders_stop",
    "orders_cargoline",
    "orders_orderevent",
    "orders_trip",
    "finance_invoice",
    "finance_payable",
    "finance_entry",
    "finance_line",
    "documents_document",
    "office_auditevent",
    "office_notification",
)
# of twenty orders one waits in each open stage, the rest are closed
STAGE = (
    "CASE g % 20 WHEN 0 THEN 'draft' WHEN 1 THEN 'requested' WHEN 2 THEN 'assigned'"
    " WHEN 3 THEN 'in_transit' ELSE 'closed' END"
)
NOW = f"timestamptz '{clock.now().isoformat()}'"
AGO = f"{NOW} - {DAY}"
INVOICES = "SELECT * FROM {schema}.finance_invoice WHERE number LIKE 'ORD-V-%'"
ORDERS = "SELECT * FROM {schema}.orders_order WHERE ref LIKE 'ORD-V-%'"


@pytest.fixture(scope="module")
def crowded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Alpha with MANY rows a table."""
    with own_database(django_db_blocker):
        cast = load("alpha")
        _samples(cast)
        _copies(cast.scope.schema)
        yield cast


def _samples(cast: Cast) -> None:
    """One row of each table, by the product's own acts."""
    head = cast.actor("head")
    now = clock.now()
    with inside(cast.scope):
        order_samples.sign_platform_contract(cast)
        driven = order_samples.order(cast)
        partner = order_samples.partner_carrier(cast)
        who = assignment.assignment_to(order=driven, rate=None, partner=partner)
        assignment.assign_directly(order=driven, assignment=who, by=head, at=order_samples.NOW)
        money_samples.own()
        money_samples.invoice(cast, "1000.00")
        Payable.objects.create(
            order=driven,
            payee="Carrier",
            amount=Decimal(100_000),
            currency="KGS",
            accrued_on=now.date(),
            due_on=now.date(),
        )
        drivers.add(values=DRIVER, by=head, at=now)
        vehicles.add(values=VEHICLE, by=head, at=now)
        member = Member.objects.get(pk=head.member_id)
        Notification.objects.create(member=member, text="text", created_at=now)
        listing = acts.publish(card=card(expires_at=now + timedelta(days=30)), at=now)
    beta = load("beta")
    carrier = fleet(beta)
    with inside(beta.scope):
        acts.send_offer(listing_id=listing, carrier_id=carrier.pk, price=Decimal(5), at=now)


def _copies(schema: str) -> None:
    company = f"(SELECT id FROM {schema}.companies_company WHERE ref = 'CMP-' || (1 + g % 4000))"
    copy_rows(
        schema,
        "companies_company",
        new_id(ref="'CMP-' || g", name="'Company ' || g", email="''", created_at=AGO),
        where="kind = 'client'",
    )
    copy_rows(
        schema,
        "orders_order",
        new_id(
            ref="'ORD-V-' || g",
            client_id=company,
            stage=STAGE,
            client_price="g",
            carrier_rate="g - 1",
            place_from="'Town ' || g % 500",
            created_at=AGO,
            completed_at=f"CASE WHEN {STAGE} = 'closed' THEN {AGO} END",
            listing_id="NULL",
            is_invoiced="true",
        ),
    )
    for table in ("orders_stop", "orders_cargoline", "orders_orderevent"):
        copy_rows(schema, table, new_id(order_id="o.id"), each_of=ORDERS.format(schema=schema))
    _books(schema)
    _exchange(schema)
    copy_rows(schema, "office_auditevent", new_id(at=AGO, subject="'order:' || g"))
    copy_rows(schema, "office_notification", new_id(created_at=AGO))
    for table in OWN:
        settle(schema, table)
    for table in PUBLIC:
        settle("public", table)


def _books(schema: str) -> None:
    copy_rows(
        schema,
        "orders_trip",
        new_id(order_id="o.id", job_id="gen_random_uuid()", assigned_at="o.created_at"),
        each_of=ORDERS.format(schema=schema),
    )
    copy_rows(
        schema,
        "finance_invoice",
        new_id(
            number="o.ref",
            order_id="o.id",
            company_id="o.client_id",
            issued_on="o.created_at",
            issued_at="o.created_at",
            due_on="o.created_at",
            gross="1000",
            paid="CASE WHEN o.stage = 'closed' THEN 1000 ELSE 0 END",
            status="CASE WHEN o.stage = 'closed' THEN 'paid' ELSE 'issued' END",
        ),
        each_of=ORDERS.format(schema=schema),
    )
    copy_rows(
        schema,
        "finance_payable",
        new_id(
            order_id="o.id",
            accrued_on="o.created_at",
            due_on="o.created_at",
            paid="CASE WHEN o.stage = 'closed' THEN t.amount ELSE 0 END",
        ),
        each_of=ORDERS.format(schema=schema),
    )
    _ledger(schema)
    copy_rows(
        schema,
        "documents_document",
        new_id(
            number="100 + row_number() OVER ()",
            verify_code="left(gen_random_uuid()::text, 26)",
            subject="'order:' || o.id",
            company_id="o.client_id",
            issued_at="o.created_at",
            issued_on="o.created_at",
        ),
        each_of=ORDERS.format(schema=schema),
    )


def _ledger(schema: str) -> None:
    """An entry of one line for each invoice."""
    copy_rows(
        schema,
        "finance_entry",
        new_id(subject="'invoice:' || o.id", on="o.issued_on", at="o.issued_at"),
        where="kind = 'invoice'",
        each_of=INVOICES.format(schema=schema),
    )
    booked = f"""
        SELECT entry.id AS entry_id, invoice.id AS invoice_id, invoice.* FROM (
          {INVOICES.format(schema=schema)}) invoice
        JOIN {schema}.finance_entry entry ON entry.subject = 'invoice:' || invoice.id"""
    copy_rows(
        schema,
        "finance_line",
        {
            "id": "100000 + row_number() OVER ()",
            "entry_id": "o.entry_id",
            "amount": "o.gross",
            "home_amount": "o.gross",
            "company_id": "o.company_id",
            "order_id": "o.order_id",
            "invoice_id": "o.invoice_id",
        },
        where="credit = 'revenue'",
        each_of=booked,
    )


def _exchange(schema: str) -> None:
    beta = load("beta").info
    others = {"home_role": f"'{beta.schema}'", "home_reseller_id": f"'{beta.id}'::uuid"}
    copy_rows(
        "public",
        "exchange_listing",
        new_id(
            ref="'LST-V-' || g",
            from_city="'Town ' || g % 500",
            published_at=f"{NOW} - interval '1 minute' * g",
            fingerprint="''",
        ),
    )
    copy_rows(
        "public",
        "exchange_job",
        new_id(
            trip_id="o.id",
            order_ref="o.ref",
            created_at="o.created_at",
            closed_at="o.completed_at",
            stage="CASE WHEN o.stage = 'closed' THEN 'papers_in' ELSE 'assigned' END",
        ),
        each_of=ORDERS.format(schema=schema),
    )
    copy_rows(
        "public",
        "drivers_driver",
        new_id(
            ref="'DRV-V-' || g",
            registered_on=AGO,
            name="'Driver ' || g",
            phone_tail="right('000' || g, 4)",
            **others,
        ),
    )
    copy_rows(
        "public",
        "drivers_driverprivate",
        {
            "driver_id": "o.id",
            "home_role": "o.home_role",
            "phone": "'+996555' || right(o.ref, 5)",
        },
        each_of="SELECT * FROM drivers_driver WHERE ref LIKE 'DRV-V-%'",
    )
    copy_rows(
        "public",
        "exchange_offer",
        new_id(
            listing_id="o.id",
            created_at="o.published_at",
            updated_at="o.published_at",
            status="CASE WHEN right(o.ref, 1) = '1' THEN 'open' ELSE 'closed' END",
        ),
        each_of="SELECT * FROM exchange_listing WHERE ref LIKE 'LST-V-%'",
    )
    copy_rows(
        "public",
        "exchange_round",
        new_id(offer_id="o.id"),
        each_of="SELECT * FROM exchange_offer WHERE id NOT IN (SELECT offer_id FROM exchange_round)",
    )
    copy_rows(
        "public",
        "drivers_vehicle",
        new_id(ref="'VEH-V-' || g", registered_on=AGO, plate="'01KG' || g", **others),
    )
