"""Paying out what is owed to a carrier."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance import exchange, payables, queries
from finance.forms import MoneyForm
from finance.models import Payable, Payout
from finance.views.tax_invoice import parts_of
from tenants.kit import clock, months
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class PayablePage:
    """What is owed to a carrier, what was paid of it, and the form of the next payment."""

    form: MoneyForm
    payable: Payable
    payouts: list[Payout]
    parts: list[tuple[str, str]]


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def payable_pay(request: OfficeRequest, payable_id: UUID) -> HttpResponse:
    payable = queries.payable_for(request.actor, payable_id)
    today = months.today_of(request)
    initial = {
        "amount": payable.rest,
        "paid_on": today,
        "method": "bank",
        "fx": exchange.usual_rate(payable.currency, today, payable.fx),
    }
    form = MoneyForm(
        posted(request),
        home=request.reseller.currency,
        currency=payable.currency,
        initial=initial,
    )
    if form.is_valid():
        try:
            payout = payables.pay_out(
                payable=payable,
                **form.facts,
                by=request.actor,
                at=clock.now(),
            )
        except payables.CannotPayOut as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            sentence = _("%(sum)s paid to %(name)s.")
            messages.success(
                request,
                sentence
                % {
                    "sum": money(payout.amount, payout.currency),
                    "name": payable.payee,
                },
            )
            return go(request, reverse("finance:payable-list"))
    payouts = list(payable.payouts.order_by("entered_at"))
    context = PayablePage(form, payable, payouts, parts_of(payable))
    return page(
        request,
        "finance/payable.html",
        context,
        status=422 if form.is_bound else 200,
    )
