"""Advances to the carrier of an order: paid, and given back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance import carrier_advances, exchange, links
from finance.carrier_advances import CannotAdvance
from finance.forms import CarrierAdvanceForm, RefundForm
from finance.models import CarrierAdvance, Occasion
from finance.queries.carrier_advances import advances_paid_to, carrier_advance_for
from orders.models import Order
from orders.queries import order_for
from tenants.kit import clock, months
from tenants.kit.asked_again import asks_again
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class CarrierAdvancePage:
    """What the carrier was paid ahead, and the form of the next advance where one may be paid."""

    form: CarrierAdvanceForm
    order: Order
    advances: list[CarrierAdvance]
    left: str
    may_pay: bool


@dataclass(frozen=True, slots=True)
class AdvanceReturnPage:
    """The form of money that came back."""

    form: RefundForm
    advance: CarrierAdvance


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def carrier_advance_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the advances on an order's rate; the form pays another one."""
    order = order_for(request.actor, ref)
    today = months.today_of(request)
    currency = order.carrier_currency
    form = CarrierAdvanceForm(
        posted(request),
        home=request.reseller.currency,
        currency=currency,
        initial={
            "paid_on": today,
            "method": "bank",
            "fx": exchange.usual_rate(currency, today, order.carrier_fx),
        },
    )
    if form.is_valid():
        try:
            advance = carrier_advances.pay(
                order=order,
                occasion=Occasion(form.cleaned_data["occasion"]),
                **form.facts,
                by=request.actor,
                at=clock.now(),
            )
        except CannotAdvance as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("%(sum)s paid ahead to %(name)s.")
            paid = money(advance.amount, advance.currency)
            messages.success(request, text % {"sum": paid, "name": advance.payee})
            return go(request, links.carrier_advances(order.ref))
    left = carrier_advances.left_of_rate(order, request.actor)
    context = CarrierAdvancePage(
        form,
        order,
        list(advances_paid_to(request.actor).filter(order=order)),
        money(left, currency),
        carrier_advances.may_advance(order),
    )
    status = 422 if form.is_bound else 200
    return page(request, "finance/carrier_advances.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def carrier_advance_return(request: OfficeRequest, carrier_advance_id: UUID) -> HttpResponse:
    """Ask how much came back from the carrier, then book it."""
    advance = carrier_advance_for(request.actor, carrier_advance_id)
    initial = {"amount": advance.left, "on": months.today_of(request)}
    form = RefundForm(posted(request), currency=advance.currency, initial=initial)
    del form.fields["keep"]
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("amount", "on", "reason", "once")}
        try:
            carrier_advances.take_back(
                advance=advance,
                **values,
                by=request.actor,
                at=clock.now(),
                sure=form.answers,
            )
        except CannotAdvance as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = _("%(sum)s came back from %(name)s.")
            back = money(values["amount"], advance.currency)
            messages.success(request, text % {"sum": back, "name": advance.payee})
            return go(request, links.carrier_advances(advance.order.ref))
    status = 422 if form.is_bound else 200
    context = AdvanceReturnPage(form, advance)
    return page(request, "finance/carrier_advance_return.html", context, status=status)
