"""Giving up a bad debt, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance import links, queries, write_offs
from finance.forms import ReversalForm, WriteOffForm
from finance.models import Invoice, WriteOff
from finance.write_offs import CannotWriteOff
from tenants.kit import clock, months
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class WriteOffPage:
    """How much is given up, on which day, and why."""

    form: WriteOffForm
    invoice: Invoice


@dataclass(frozen=True, slots=True)
class ReversalPage:
    """Why a write-off is taken back, and how much of it stands."""

    form: ReversalForm
    write_off: WriteOff
    left: Decimal
    invoice: Invoice


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def write_off_add(request: OfficeRequest, number: str) -> HttpResponse:
    """Ask for amount, day and reason, then write the debt off."""
    invoice = queries.invoice_for(request.actor, number)
    form = WriteOffForm(
        posted(request),
        currency=invoice.currency,
        initial={"amount": invoice.rest, "on": months.today_of(request)},
    )
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("amount", "on", "reason", "once")}
        try:
            write_off = write_offs.make(
                invoice=invoice,
                **facts,
                by=request.actor,
                at=clock.now(),
                sure=form.answers,
            )
        except CannotWriteOff as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("%(sum)s of invoice %(number)s are written off.")
            sums = {"sum": money(write_off.amount, write_off.currency), "number": invoice.number}
            messages.success(request, text % sums)
            return go(request, links.invoice(invoice.number))
    status = 422 if form.is_bound else 200
    context = WriteOffPage(form, invoice)
    return page(request, "finance/write_off.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def write_off_reverse(request: OfficeRequest, write_off_id: UUID) -> HttpResponse:
    """Ask for the reason, then open the debt again."""
    write_off = queries.write_off_for(request.actor, write_off_id)
    form = ReversalForm(posted(request))
    if form.is_valid():
        try:
            reversal = write_offs.reverse(
                write_off=write_off,
                **form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
        except CannotWriteOff as refused:
            form.add_error(refused.field, str(refused))
        else:
            text = _("%(sum)s are owed again.")
            messages.success(request, text % {"sum": money(reversal.amount, reversal.currency)})
            return go(request, links.invoice(write_off.invoice.number))
    status = 422 if form.is_bound else 200
    left = write_offs.left_of(write_off).amount
    context = ReversalPage(form, write_off, left, write_off.invoice)
    return page(request, "finance/write_off_back.html", context, status=status)
