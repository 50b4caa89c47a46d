"""A receipt on an invoice, and giving one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from finance import at_unloading, payments, queries
from finance.forms import RefundForm
from finance.models import Invoice, Payment
from finance.views.invoices import card, payment_form
from tenants.kit import clock, months
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@require_POST
@needs(Permission.FINANCE_EDIT)
def payment_add(request: OfficeRequest, number: str) -> HttpResponse:
    """Errors come back on the card, beside what was typed."""
    invoice = queries.invoice_for(request.actor, number)
    form = payment_form(request, invoice)
    if form.is_valid():
        try:
            payment = _book(request, invoice, form.facts)
        except payments.CannotPay as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(
                request,
                _("%(sum)s received.") % {"sum": money(payment.amount, payment.currency)},
            )
            return go(
                request,
                reverse("finance:invoice-card", args=[invoice.number]),
            )
    return card(request, invoice, form, status=422)


def _book(request: OfficeRequest, invoice: Invoice, facts: dict[str, Any]) -> Payment:
    if not facts.pop("to_carrier", False):
        return payments.receive(
            invoice=invoice,
            **facts,
            by=request.actor,
            at=clock.now(),
        )
    del facts["method"]  # what a driver takes is cash
    return at_unloading.client_paid_carrier(
        invoice=invoice, **facts, by=request.actor, at=clock.now()
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def payment_refund(request: OfficeRequest, payment_id: UUID) -> HttpResponse:
    payment = queries.payment_for(request.actor, payment_id)
    form = _refund_form(request, payment)
    if form.is_valid():
        try:
            given = payments.refund(
                payment=payment,
                **form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
        except payments.CannotPay as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(
                request,
                _("%(sum)s given back.") % {"sum": money(given.amount, given.currency)},
            )
            return go(
                request,
                reverse(
                    "finance:invoice-card",
                    args=[payment.invoice.number],
                ),
            )
    context = {
        "form": form,
        "payment": payment,
        "invoice": payment.invoice,
    }
    return page(
        request,
        "finance/refund.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _refund_form(request: OfficeRequest, payment: Payment) -> RefundForm:
    left = payment.amount - payments.refunded(payment)
    initial = {"amount": left, "on": months.today_of(request)}
    return RefundForm(
        posted(request),
        currency=payment.currency,
        initial=initial,
    )
