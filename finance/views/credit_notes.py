"""Making an invoice less."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance import credit_notes, links, queries
from finance.forms import CreditNoteForm
from finance.models import Invoice
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class CreditNotePage:
    """How much is taken off, and why."""

    form: CreditNoteForm
    invoice: Invoice


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def credit_note_add(request: OfficeRequest, number: str) -> HttpResponse:
    """Ask for amount and reason, then issue the credit note."""
    invoice = queries.invoice_for(request.actor, number)
    form = CreditNoteForm(posted(request), currency=invoice.currency)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("amount", "reason", "once")}
        try:
            note = credit_notes.issue(
                invoice=invoice,
                **facts,
                by=request.actor,
                at=clock.now(),
                sure=form.answers,
            )
        except credit_notes.CannotCredit as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("Credit note %(number)s over %(sum)s is issued.")
            sums = {"number": note.number, "sum": money(note.amount, note.currency)}
            messages.success(request, text % sums)
            return go(request, links.invoice(invoice.number))
    status = 422 if form.is_bound else 200
    return page(
        request,
        "finance/credit_note.html",
        CreditNotePage(form, invoice),
        status=status,
    )
