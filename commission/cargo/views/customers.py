"""The module's customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo import links
from commission.cargo.codes import CodeTaken
from commission.cargo.forms.people import CustomerForm
from commission.cargo.models import (
    Customer,
    CustomerSalesperson,
    Salesperson,
)
from commission.cargo.people import customers
from commission.cargo.people.customers import Details
from commission.cargo.queries import customers_for
from companies.queries import client_choices
from tenants.kit import clock
from tenants.kit.forms import Choice, choices_of
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """The form of a customer; of one that is there also its salespeople, and whom to give it to."""

    form: CustomerForm
    customer: Customer | None = None
    history: Sequence[CustomerSalesperson] = ()
    choices: Sequence[Salesperson] = ()


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_new(request: OfficeRequest) -> HttpResponse:
    form = CustomerForm(posted(request), companies=_companies(request))
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            customers.add(
                code=code,
                **_details(form),
                by=request.actor,
                at=clock.now(),
            )
        except CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            return go(request, links.customers())
    return _page(request, CustomerPage(form))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_card(
    request: OfficeRequest,
    customer_id: UUID,
) -> HttpResponse:
    customer = customer_for(request, customer_id)
    values = {
        "code": customer.code,
        "name": customer.name,
        "phone": customer.phone,
        "line": customer.line,
        "company": str(customer.company_id or ""),
    }
    form = CustomerForm(
        posted(request),
        companies=_companies(request, customer.company_id),
        initial=values,
    ).of_row()
    if form.is_valid():
        try:
            customers.change(
                customer=customer,
                code=form.cleaned_data["code"],
                **_details(form),
                by=request.actor,
                at=clock.now(),
            )
        except CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(request, _("The changes are saved."))
            return go(request, links.customer(customer.pk))
    history = customer.history.select_related("salesperson").order_by("-since", "-id")
    choices = _others(customer) if request.actor.can(Permission.CARGO_MANAGE) else []
    return _page(request, CustomerPage(form, customer, list(history), choices))


def _page(request: OfficeRequest, context: CustomerPage) -> HttpResponse:
    status = 422 if context.form.is_bound else 200
    return page(request, "cargo/customer.html", context, status=status)


@require_POST
@needs(Permission.CARGO_MANAGE)
def customer_take(request: OfficeRequest, customer_id: UUID) -> HttpResponse:
    customer = customer_for(request, customer_id)
    salesperson_id = customer.salesperson_id
    customers.take_away(customer=customer, by=request.actor, at=clock.now())
    back = links.salesperson(salesperson_id) if salesperson_id else links.customers()
    return go(request, back)


def customer_for(request: OfficeRequest, customer_id: UUID) -> Customer:
    """Raises 404."""
    rows = customers_for(request.actor).select_related("salesperson")
    customer = rows.filter(pk=customer_id).first()
    if customer is None:
        raise Http404
    return customer


def _others(customer: Customer) -> list[Salesperson]:
    """Salespeople the customer may be given to."""
    rows = Salesperson.objects.filter(is_active=True).exclude(pk=customer.salesperson_id)
    return list(rows.order_by("code"))


def _companies(request: OfficeRequest, in_force: UUID | None = None) -> list[Choice]:
    """Only those who may see companies link a customer to one."""
    if not request.actor.can(Permission.COMPANY_VIEW):
        return []
    return client_choices(in_force=in_force, chosen=request.POST.get("company"))


def _details(form: CustomerForm) -> Details:
    """What the form shows; a company only where there was one to choose."""
    values = form.cleaned_data
    details = Details(name=values["name"], phone=values["phone"], line=values["line"])
    if len(choices_of(form, "company")) > 1:
        company = values["company"]
        details["company_id"] = UUID(company) if company else None
    return details
