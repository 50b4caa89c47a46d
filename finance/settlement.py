"""What follows from a completed order: the invoice and the act for the client, the debt to the
carrier.
"""

from __future__ import annotations

from datetime import datetime

from finance import invoices, locks, papers, payables, recognition
from finance.models import Invoice
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.tries import tried_again
from tenants.office.current import current_reseller


@tried_again
def settle(*, order: Order, by: Actor | None, at: datetime) -> Invoice:
    """Both sides of an order's money, each made once. Raises invoices.CannotIssue, and writes
    nothing then.
    """
    locks.all_of(order.pk)
    payables.accrue(order=order, by=by, at=at)
    try:
        invoice = invoices.issue_for_order(order=order, by=by, at=at)
    except invoices.AlreadyInvoiced as problem:
        invoice = problem.invoice
    return _with_act(invoice, by=by, at=at)


@tried_again
def invoice_order(*, order: Order, by: Actor | None, at: datetime) -> Invoice:
    """An invoice for an order, with its act where the order is completed already. Raises
    invoices.AlreadyInvoiced, CannotIssue.
    """
    locks.all_of(order.pk)
    invoice = invoices.issue_for_order(order=order, by=by, at=at)
    if invoice.order and invoice.order.completed_at:
        invoice = _with_act(invoice, by=by, at=at)
    return invoice


def _with_act(invoice: Invoice, *, by: Actor | None, at: datetime) -> Invoice:
    """The act's paper and what it books, once."""
    row = locks.invoice(invoice.pk)
    on = day_of(at, current_reseller(by).zone)
    recognition.accept(invoice=row, on=on, by=by, at=at)
    if row.act_id is None:
        row.act_id = papers.act_paper(invoice=row, on=on, by=by, at=at).pk
        row.save(update_fields=["act_id"])
    return row
