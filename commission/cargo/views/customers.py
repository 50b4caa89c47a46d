"""The module's customers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo.forms.people import CustomerForm
from commission.cargo.models import Customer, Salesperson
from commission.cargo.people import registry
from commission.cargo.queries import customers_for
from companies.models import Company
from tenants.kit import clock
from tenants.kit.forms import choices_of
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_new(request: OfficeRequest) -> HttpResponse:
    form = CustomerForm(posted(request), companies=_companies(request))
    if form.is_valid():
        try:
            registry.customer_add(**_known(form), by=request.actor, at=clock.now())
        except registry.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            return go(request, reverse("cargo:customer-list"))
    return page(
        request,
        "cargo/customer.html",
        {"form": form, "customer": None},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_card(request: OfficeRequest, customer_id: UUID) -> HttpResponse:
    row = customer_for(request, customer_id)
    first = {name: getattr(row, name) for name in ("code", "name", "phone", "line")} | {
        "company": str(row.company_id or "")
    }
    form = CustomerForm(posted(request), companies=_companies(request), initial=first)
    if form.is_valid():
        try:
            registry.customer_change(
                customer=row,
                **_known(form),
                by=request.actor,
                at=clock.now(),
            )
        except registry.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(request, _("The changes are saved."))
            return go(request, reverse("cargo:customer-card", args=[row.pk]))
    history = list(row.history.select_related("salesperson").order_by("-since", "-id"))
    choices = list(
        Salesperson.objects.filter(is_active=True)
        .exclude(pk=row.salesperson_id)
        .order_by("code")[:200]
    )
    context = {
        "form": form,
        "customer": row,
        "history": history,
        "choices": choices if request.actor.can(Permission.CARGO_MANAGE) else [],
    }
    return page(
        request,
        "cargo/customer.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_POST
@needs(Permission.CARGO_MANAGE)
def customer_take(request: OfficeRequest, customer_id: UUID) -> HttpResponse:
    row = customer_for(request, customer_id)
    back = row.salesperson_id
    registry.take_away(customer=row, by=request.actor, at=clock.now())
    return go(
        request,
        reverse("cargo:salesperson-card", args=[back]) if back else reverse("cargo:customer-list"),
    )


def customer_for(request: OfficeRequest, customer_id: UUID) -> Customer:
    found = (
        customers_for(request.actor).select_related("salesperson").filter(pk=customer_id).first()
    )
    if found is None:
        raise Http404
    return found


def _companies(request: OfficeRequest) -> list[tuple[str, str]]:
    """Only those who may see companies link a customer to one."""
    if not request.actor.can(Permission.COMPANY_VIEW):
        return []
    return [
        (str(pk), name)
        for pk, name in Company.objects.filter(kind="client")
        .order_by("name")
        .values_list("pk", "name")[:1000]
    ]


def _known(form: CustomerForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    company = values.pop("company")
    return values | (
        {"company_id": UUID(company) if company else None}
        if len(choices_of(form, "company")) > 1
        else {}
    )  # type: ignore[attr-defined]
