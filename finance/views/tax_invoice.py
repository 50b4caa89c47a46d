"""The carrier's tax invoice: its number and day, by which the tax in the rate is taken off our own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from companies.taxes import name_of
from finance import input_tax, queries
from finance.models import Payable
from tenants.kit import clock, formats
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


class TaxInvoiceForm(forms.Form):
    """Number and day, as the carrier's paper has them."""

    number = TextField(label=gettext_lazy("Number"), max_length=60)
    on = DayField(window=PAST, label=gettext_lazy("Date"), required=True)


@dataclass(frozen=True, slots=True)
class TaxInvoicePage:
    """The debt taken apart, and the form; `fact` says whether the tax is a cost or taken off."""

    payable: Payable
    parts: list[tuple[str, str]]
    form: TaxInvoiceForm
    fact: str


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def tax_invoice(request: OfficeRequest, payable_id: UUID) -> HttpResponse:
    """Enter or correct the carrier's invoice."""
    payable = queries.payable_for(request.actor, payable_id)
    initial = {"number": payable.tax_invoice, "on": payable.tax_invoice_on}
    form = TaxInvoiceForm(posted(request), initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        try:
            input_tax.enter(payable=payable, **values, by=request.actor, at=clock.now())
        except input_tax.CannotTakeOff as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Saved: the tax is taken off."))
            return go(request, reverse("finance:payable-list"))
    context = TaxInvoicePage(payable, parts_of(payable), form, _fact(payable))
    status = 422 if form.is_bound else 200
    return page(request, "finance/tax_invoice.html", context, status=status)


@require_POST
@needs(Permission.FINANCE_EDIT)
def tax_invoice_back(request: OfficeRequest, payable_id: UUID) -> HttpResponse:
    """The invoice was entered by mistake."""
    payable = queries.payable_for(request.actor, payable_id)
    input_tax.take_back(payable=payable, by=request.actor, at=clock.now())
    messages.success(request, _("The tax is a cost again."))
    return go(request, reverse("finance:tax-invoice", args=[payable.pk]))


def parts_of(payable: Payable) -> list[tuple[str, str]]:
    """Net, each tax and what is owed, in words."""
    taxes = [
        (
            f"{name_of(one['kind'])} {formats.number(one['percent'])} %",
            formats.money(one["amount"], payable.currency),
        )
        for one in payable.taxes or ()
    ]
    net = payable.amount - payable.tax
    return [
        (_("Without taxes"), formats.money(net, payable.currency)),
        *taxes,
        (_("Owed"), formats.money(payable.amount, payable.currency)),
    ]


def _fact(payable: Payable) -> str:
    if not payable.tax:
        return _("The carrier's rate holds no taxes.")
    if not payable.is_deductible:
        return _("Our firm paid no VAT then: the carrier's tax stays a cost.")
    if payable.tax_invoice:
        return ""
    return _("Until number and date of the carrier's invoice are entered, the tax is a cost.")
