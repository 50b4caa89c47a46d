"""Issuing an invoice for an order, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from companies.models import OwnFirm
from companies.queries import own_details
from companies.regimes import pays_vat
from documents.kinds.parts import Line as PaperLine
from finance import locks, months, notifications, papers, recognition, write_offs
from finance.models import Invoice, InvoiceLine, Status
from orders.models import Order, Stage
from orders.price_split import Splitter
from tenants.actor import Actor, ResellerInfo
from tenants.kit.calendar import day_of
from tenants.kit.money import TaxedAmount
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller

ONE = Decimal(1)


class CannotIssue(Exception):
    """Something is missing for an invoice; the text says what."""


class AlreadyInvoiced(CannotIssue):
    """The order has an invoice in force: `invoice`."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(_("Order %(ref)s has an invoice already: %(number)s.") % _names(invoice))
        self.invoice = invoice


class CannotCancel(Exception):
    """Money has come in on the invoice, it is cancelled already, or no reason is given."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an invoice says besides its sums."""

    on: date
    due_on: date
    seller: str
    language: str


def _names(invoice: Invoice) -> dict[str, str]:
    """What a refusal calls the invoice and its order."""
    return {
        "ref": invoice.order.ref if invoice.order else "",
        "number": invoice.number,
    }


@tried_again
def issue_for_order(*, order: Order, by: Actor | None, at: datetime) -> Invoice:
    """An invoice of the selling firm over the client's price, taken apart as the order says; its paper
    is issued with it. It books nothing before its act (`settlement.settle`). Raises AlreadyInvoiced,
    CannotIssue.
    """
    order = locks.order(order.pk)
    home = current_reseller(by)
    firm = own_details(order.seller_firm)
    on = day_of(at, home.zone)
    _check(order, firm, on)
    months.hold_open(on, months.BOOKS)  # before the paper's number, as everywhere
    terms = _terms(order, firm, home, on)
    order.taxed_on = on
    amounts = Splitter(by).split(order)
    assert amounts is not None  # _check has seen the price
    lines = (_service(order, terms.language, amounts),)
    document = papers.invoice_paper(
        order=order,
        lines=lines,
        terms=terms,
        firm=firm,
        by=by,
        at=at,
    )
    invoice = _save(order, lines, terms, firm=firm, number=document.code, by=by, at=at)
    Invoice.objects.filter(pk=invoice.pk).update(document_id=document.pk)
    invoice.document_id = document.pk
    taxes = [{"kind": tax.kind, "percent": str(tax.percent)} for tax in amounts.taxes]
    Order.objects.filter(pk=order.pk).update(is_invoiced=True, taxed_on=on, taxed_by=taxes)
    audit.record(
        action="invoice.issue",
        subject=invoice.subject,
        title=invoice.number,
        by=by,
        at=at,
        after={
            "order": order.ref,
            "gross": invoice.gross,
            "currency": invoice.currency,
        },
    )
    notifications.of_invoice("invoice.issued", invoice, by=by, at=at)
    return invoice


@tried_again
def cancel(*, invoice: Invoice, reason: str, by: Actor | None, at: datetime) -> Invoice:
    """Take an unpaid invoice back: what its act booked is reversed, the order may be invoiced anew.
    Raises CannotCancel.
    """
    row = locks.invoice(invoice.pk)
    if row.is_opening:
        raise CannotCancel(_("This debt is an opening balance: take it back there."))
    on = day_of(at, current_reseller(by).zone)
    withdraw(row, reason=reason, on=on, by=by, at=at)
    recognition.take_back(
        invoice=row,
        on=on,
        by=by,
        at=at,
        memo=row.cancel_reason,
    )
    notifications.of_invoice("invoice.cancelled", row, by=by, at=at)
    return row


def withdraw(
    row: Invoice,
    *,
    reason: str,
    on: date,
    by: Actor | None,
    at: datetime,
) -> None:
    """Mark an unpaid invoice as cancelled, what was written off of it taken back first. The caller
    holds the row and reverses what was booked of it. Raises CannotCancel.
    """
    if row.status == Status.CANCELLED:
        raise CannotCancel(_("This invoice is cancelled already."))
    if row.paid:
        raise CannotCancel(_("Money has come in on this invoice. Refund it first."))
    if not reason.strip():
        raise CannotCancel(_("Say why the invoice is cancelled."))
    write_offs.make_room(row, row.written_off, reason=reason.strip(), on=on, by=by, at=at)
    row.status = Status.CANCELLED
    row.cancelled_at = at
    row.cancel_reason = reason.strip()
    row.cancelled_by = by.member_id if by else None
    row.save(
        update_fields=[
            "status",
            "cancelled_at",
            "cancelled_by",
            "cancel_reason",
        ]
    )
    Order.objects.filter(pk=row.order_id).update(is_invoiced=False, taxed_on=None, taxed_by=None)
    audit.record(
        action="invoice.cancel",
        subject=row.subject,
        title=row.number,
        by=by,
        at=at,
        reason=row.cancel_reason,
    )


def _check(order: Order, firm: OwnFirm, on: date) -> None:
    standing = (
        Invoice.objects.filter(order=order)
        .exclude(status=Status.CANCELLED)
        .select_related("order")
        .first()
    )
    if standing:
        raise AlreadyInvoiced(standing)
    if order.client is None or order.client_price is None:
        raise CannotIssue(_("An invoice needs a client and a price. Fill them in on the order."))
    if order.stage in (Stage.DRAFT, Stage.CANCELLED):
        raise CannotIssue(_("A draft or a cancelled order is not invoiced."))
    if pays_vat(firm, on) and not firm.inn:
        raise CannotIssue(
            _("A payer of value-added tax must show the tax number. Fill it in under “My company”.")
        )


def _terms(order: Order, own: OwnFirm, home: ResellerInfo, on: date) -> Terms:
    """When it is due, who sells, and in which language."""
    days = own.invoice_terms_days if order.payment_days is None else order.payment_days
    language = order.client.language if order.client else home.language
    return Terms(
        on,
        on + timedelta(days=days),
        own.full_name or own.name or home.name,
        language,
    )


def _service(order: Order, language: str, amounts: TaxedAmount) -> PaperLine:
    """The one line of an invoice, in the client's language."""
    with translation.override(language):
        text = _("Freight services, %(route)s, order %(ref)s") % {
            "route": order.route or "—",
            "ref": order.ref,
        }
        unit = _("trip")
    return PaperLine(text, ONE, unit, amounts.net, amounts)


def _save(
    order: Order,
    lines: tuple[PaperLine, ...],
    terms: Terms,
    *,
    firm: OwnFirm,
    number: str,
    by: Actor | None,
    at: datetime,
) -> Invoice:
    total = papers.total(lines)
    assert order.client is not None  # _check has seen it
    rule = recognition.rule_of(firm, terms.on)
    invoice = Invoice.objects.create(
        number=number,
        firm_id=firm.pk,
        company=order.client,
        order=order,
        client_name=order.client.full_name or order.client.name,
        seller_name=terms.seller,
        currency=order.currency,
        fx=order.client_fx,
        revenue_when=rule.revenue,
        tax_when=rule.tax,
        net=total.net,
        tax=total.tax,
        gross=total.gross,
        bears_fee=True,
        issued_on=terms.on,
        due_on=terms.due_on,
        issued_at=at,
        issued_by=by.member_id if by else None,
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=number,
            text=line.name,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            net=line.amounts.net,
            taxes=papers.taxes_as_kept(line.amounts),
            gross=line.amounts.gross,
        )
        for number, line in enumerate(lines, 1)
    )
    return invoice
