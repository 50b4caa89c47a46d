"""Cabinets see their own money: a client its invoices with their state, a partner its payouts, the
office all receipts.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from finance import payables, payments
from finance.models import Invoice, Method, Payable
from finance.settlement import settle
from orders import assignment, lifecycle, trips
from orders.models import Order, Source
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast

STAGES = ("to_loading", "at_loading", "loaded", "in_transit", "at_unloading", "unloaded")


@pytest.fixture
def order(in_alpha: Cast) -> Order:
    """Completed: invoiced to the client, owed to the partner."""
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    company = order_samples.partner_carrier(in_alpha)
    choice = assignment.assignment_to(order=order, rate=None, partner=company)
    trip = assignment.assign_directly(order=order, assignment=choice, by=head, at=later(1))
    for number, stage in enumerate(STAGES):
        trip.refresh_from_db()
        trips.advance(
            trip=trip, stage=stage, by=head, at=later(2 + number / 10), source=Source.DISPATCHER
        )
    order.refresh_from_db()
    lifecycle.complete(order=order, by=head, at=later(4))
    settle(order=order, by=head, at=later(5))
    return order


def test_a_client_reads_its_invoices_with_their_state(
    in_alpha: Cast, order: Order, browse: Any
) -> None:
    invoice = Invoice.objects.get()
    shown = browse(in_alpha, "client").get("/cabinet/invoices/").content.decode()
    assert invoice.number in shown
    assert order.ref in shown
    assert "765432" not in shown.replace("\xa0", "").replace(" ", "")  # the carrier's rate
    export = browse(in_alpha, "client").get("/cabinet/invoices/export/?format=csv")
    assert export.status_code == 200
    others = browse(in_alpha, "client2").get("/cabinet/invoices/").content.decode()
    assert invoice.number not in others
    for name in ("partner", "head", "cargo_staff"):
        assert browse(in_alpha, name).get("/cabinet/invoices/").status_code == 404


def test_a_partner_reads_its_payouts_and_documents(
    in_alpha: Cast, order: Order, browse: Any
) -> None:
    payable = Payable.objects.get()
    payables.pay_out(
        payable=payable,
        amount=payable.amount,
        paid_on=later(5).date(),
        method=Method.BANK,
        once=uuid4(),
        by=in_alpha.actor("accountant"),
        at=later(6),
    )
    browser = browse(in_alpha, "partner")
    assert order.ref in browser.get("/partner/payouts/?view=paid").content.decode()
    assert browser.get("/partner/payouts/export/?format=csv").status_code == 200
    assert browser.get("/partner/documents/").status_code == 200
    order_samples.partner_carrier(in_alpha, "partner2")
    rival = browse(in_alpha, "partner2")
    assert order.ref not in rival.get("/partner/payouts/?view=all").content.decode()
    assert browse(in_alpha, "client").get("/partner/payouts/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_receipts_are_a_list(in_alpha: Cast, order: Order, browse: Any, rows: int) -> None:
    invoice = Invoice.objects.get()
    part = (invoice.gross / 4).quantize(invoice.gross)
    for _row in range(rows):
        payments.receive(
            invoice=invoice,
            amount=part,
            paid_on=later(5).date(),
            method=Method.CASH,
            once=uuid4(),
            by=in_alpha.actor("accountant"),
            at=later(6),
        )
    browser = browse(in_alpha, "accountant")
    shown = browser.get("/finance/receipts/").content.decode()
    assert shown.count(f'href="/finance/invoices/{invoice.number}/"') == rows
    assert browser.get("/finance/receipts/export/?format=csv").status_code == 200
    assert browser.get("/finance/receipts/?view=refunds&sort=-amount").status_code == 200
    assert browse(in_alpha, "client").get("/finance/receipts/").status_code == 404
