"""An invoice's card, issuing and cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from finance import at_unloading, exchange, invoices, links, queries, settlement
from finance.forms import CancelForm, PaymentForm
from finance.models import (
    CreditNote,
    FeeCharge,
    Invoice,
    InvoiceLine,
    Payment,
    Status,
    WriteOff,
)
from finance.words import status_pill
from orders.queries import order_for
from tenants.kit import clock, months
from tenants.kit.pieces import MenuItem, TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """An invoice with its payments, its commission and the form of the next payment."""

    invoice: Invoice
    form: PaymentForm
    home: str
    pill: str
    more: list[MenuItem]
    lines: list[InvoiceLine]
    payments: list[Payment]
    notes: list[CreditNote]
    write_offs: list[WriteOff]
    charges: list[FeeCharge]
    events: Sequence[TimelineEvent]
    may_pay: bool


@dataclass(frozen=True, slots=True)
class CancelPage:
    """The question before an invoice is cancelled."""

    form: CancelForm
    invoice: Invoice


@require_GET
@needs(Permission.FINANCE_VIEW)
def invoice_card(
    request: OfficeRequest,
    number: str,
) -> HttpResponse:
    invoice = queries.invoice_for(request.actor, number)
    return card(request, invoice, payment_form(request, invoice))


def payment_form(request: OfficeRequest, invoice: Invoice) -> PaymentForm:
    """The rest, paid today by bank: what most receipts are."""
    today = months.today_of(request)
    initial = {
        "amount": invoice.rest or invoice.unpaid,
        "paid_on": today,
        "fx": exchange.usual_rate(invoice.currency, today, invoice.fx),
        "method": "bank",
    }
    return PaymentForm(
        posted(request),
        home=request.reseller.currency,
        currency=invoice.currency,
        initial=initial,
        has_payable=at_unloading.payable_of(invoice) is not None,
    )


def card(
    request: OfficeRequest,
    invoice: Invoice,
    form: PaymentForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the invoice with its payments, fee lines and the form of the next payment."""
    today = months.today_of(request)
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    context = InvoicePage(
        invoice=invoice,
        form=form,
        home=request.reseller.currency,
        pill=status_pill(invoice.status, is_late=invoice.due_on < today),
        more=_more(invoice, may_edit=may_edit, today=today),
        lines=list(invoice.lines.all()),
        payments=queries.payments_of(invoice),
        notes=list(invoice.credit_notes.order_by("issued_at")) if invoice.credited else [],
        write_offs=queries.write_offs_of(invoice) if invoice.earned_on else [],
        charges=list(invoice.fee_charges.order_by("at", "id")),
        events=audit_log.history(invoice.subject),
        may_pay=may_edit and invoice.unpaid > 0,
    )
    return page(request, "finance/invoice.html", context, status=status)


def _more(invoice: Invoice, *, may_edit: bool, today: date) -> list[MenuItem]:
    """The papers of the invoice, making it less, giving it up, and cancelling it."""
    items = []
    if invoice.act_id:
        act = reverse("documents:document-card", args=[invoice.act_id])
        items.append(MenuItem(_("The act (PDF)"), act, "file-check"))
    if invoice.document_id:
        paper = reverse("documents:document-card", args=[invoice.document_id])
        items.append(MenuItem(_("The paper (PDF)"), paper, "file-text"))
    is_in_force = invoice.status != Status.CANCELLED and not invoice.is_opening
    if may_edit and is_in_force and invoice.earned_on:
        url = reverse("finance:credit-note-add", args=[invoice.number])
        items.append(MenuItem(_("Make it less by a credit note"), url, "receipt-refund"))
    if may_edit and invoice.earned_on and invoice.rest > 0 and invoice.due_on < today:
        url = reverse("finance:write-off-add", args=[invoice.number])
        items.append(MenuItem(_("Write off as a bad debt"), url, "receipt-off"))
    if may_edit and is_in_force and not invoice.paid:
        url = reverse("finance:invoice-cancel", args=[invoice.number])
        items.append(MenuItem(_("Cancel the invoice"), url, "ban", tone="bad"))
    return items


@require_POST
@needs(Permission.FINANCE_EDIT)
def invoice_issue(request: OfficeRequest, ref: str) -> HttpResponse:
    """Issue an invoice for an order, ahead of its completion or after one was refused."""
    order = order_for(request.actor, ref)
    try:
        invoice = settlement.invoice_order(order=order, by=request.actor, at=clock.now())
    except invoices.AlreadyInvoiced as standing:
        invoice = standing.invoice
    except invoices.CannotIssue as refused:
        messages.error(request, str(refused))
        return go(request, links.invoices())
    else:
        messages.success(
            request,
            _("Invoice %(number)s is issued.") % {"number": invoice.number},
        )
    return go(request, links.invoice(invoice.number))


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def invoice_cancel(request: OfficeRequest, number: str) -> HttpResponse:
    """Ask for the reason, then cancel the invoice."""
    invoice = queries.invoice_for(request.actor, number)
    form = CancelForm(posted(request))
    if form.is_valid():
        try:
            invoices.cancel(
                invoice=invoice,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
        except invoices.CannotCancel as refused:
            form.add_error(None, str(refused))
        else:
            text = _("Invoice %(number)s is cancelled.") % {"number": invoice.number}
            messages.success(request, text)
            return go(request, links.invoice(invoice.number))
    status = 422 if form.is_bound else 200
    return page(
        request,
        "finance/cancel.html",
        CancelPage(form, invoice),
        status=status,
    )
