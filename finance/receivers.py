"""What finance hears from the orders."""

from __future__ import annotations

from datetime import datetime

import structlog

from finance import invoices, notifications, payables
from finance.bank import bulk
from finance.settlement import settle
from orders.models import Order
from tenants.kit.outbox import Payload, handles

log = structlog.get_logger(__name__)


@handles("order.completed")
def completed(payload: Payload, at: datetime) -> None:
    """Issue invoice and act and book the carrier's money. An order that cannot be invoiced waits in
    the list "without an invoice".
    """
    order = Order.objects.get(pk=payload["order"])
    try:
        settle(order=order, by=None, at=order.completed_at or at)
    except invoices.CannotIssue as refused:
        payables.accrue(order=order, by=None, at=order.completed_at or at)
        log.warning("invoice_refused", order=order.ref, why=str(refused))
        notifications.of_refused_invoice(order, str(refused), at=at)


@handles(bulk.TOPIC, given_up=bulk.give_up)
def on_bank_book(payload: Payload, at: datetime) -> None:
    """A piece of a statement; a line that is booked stays so."""
    bulk.work(payload, at)
