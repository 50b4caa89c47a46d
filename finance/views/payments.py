"""A receipt on an invoice, and giving one back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from finance import at_unloading, links, payments, queries
from finance.forms import PaymentForm, RefundForm
from finance.models import Invoice, Payment
from finance.views.invoices import card, payment_form
from tenants.kit import clock, months
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class RefundPage:
    """The form that gives a receipt back."""

    form: RefundForm
    payment: Payment
    invoice: Invoice


@require_POST
@needs(Permission.FINANCE_EDIT)
def payment_add(request: OfficeRequest, number: str) -> HttpResponse:
    """Book a receipt; errors come back on the card, beside what was typed."""
    invoice = queries.invoice_for(request.actor, number)
    form = payment_form(request, invoice)
    if form.is_valid():
        try:
            payment = _book(request, invoice, form)
        except payments.CannotPay as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("%(sum)s received.") % {"sum": money(payment.amount, payment.currency)}
            messages.success(request, text)
            return go(request, links.invoice(invoice.number))
    return card(request, invoice, form, status=422)


def _book(request: OfficeRequest, invoice: Invoice, form: PaymentForm) -> Payment:
    """Book the receipt; cash that the driver took is a payout to the carrier too."""
    facts = form.facts
    now = clock.now()
    if not form.is_paid_to_carrier:
        return payments.receive(
            invoice=invoice,
            **facts,
            by=request.actor,
            at=now,
        )
    return at_unloading.client_paid_carrier(
        invoice=invoice,
        amount=facts["amount"],
        paid_on=facts["paid_on"],
        once=facts["once"],
        reference=facts["reference"],
        fx=facts["fx"],
        sure=facts["sure"],
        by=request.actor,
        at=now,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def payment_refund(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    """Ask how much is given back, then book the refund."""
    payment = queries.payment_for(request.actor, payment_id)
    form = _refund_form(request, payment)
    if form.is_valid():
        try:
            refund = payments.refund(
                payment=payment,
                **{**form.cleaned_data, "sure": form.answers},
                by=request.actor,
                at=clock.now(),
            )
        except payments.CannotPay as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("%(sum)s given back.") % {"sum": money(refund.amount, refund.currency)}
            messages.success(request, text)
            return go(request, links.invoice(payment.invoice.number))
    status = 422 if form.is_bound else 200
    context = RefundPage(form, payment, payment.invoice)
    return page(request, "finance/refund.html", context, status=status)


def _refund_form(request: OfficeRequest, payment: Payment) -> RefundForm:
    left = payment.amount - payments.refunded(payment)
    initial = {"amount": left, "on": months.today_of(request)}
    return RefundForm(
        posted(request),
        currency=payment.currency,
        initial=initial,
    )
