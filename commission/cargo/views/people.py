"""Salespeople, and giving customers to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo.forms.people import (
    GiveForm,
    LoginForm,
    SalespersonChangeForm,
    SalespersonForm,
)
from commission.cargo.models import Salesperson
from commission.cargo.people import registry
from commission.cargo.queries.people import sale_logins, salespeople
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_list(request: OfficeRequest) -> HttpResponse:
    form = SalespersonForm(posted(request))
    if form.is_valid():
        try:
            made = registry.salesperson_add(**form.cleaned_data, by=request.actor, at=clock.now())
        except registry.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(
                request,
                _("%(code)s is added. Give customers now.") % {"code": made.code},
            )
            return go(
                request,
                reverse("cargo:salesperson-card", args=[made.pk]),
            )
    logins = {member.pk: member.name for member in sale_logins()}
    context = {
        "rows": list(salespeople()),
        "form": form,
        "logins": logins,
    }
    return page(
        request,
        "cargo/salespeople.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_card(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    row = salesperson_for(salesperson_id)
    names = ("name", "phone", "email", "is_active")
    form = SalespersonChangeForm(
        posted(request),
        initial={name: getattr(row, name) for name in names},
    )
    if form.is_valid():
        registry.salesperson_change(
            salesperson=row,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("The changes are saved."))
        return go(request, reverse("cargo:salesperson-card", args=[row.pk]))
    return _card(request, row, form=form, status=422 if form.is_bound else 200)


def _card(
    request: OfficeRequest,
    row: Salesperson,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    names = ("name", "phone", "email", "is_active")
    members = [(str(member.pk), f"{member.name} · {member.email}") for member in sale_logins()]
    context: dict[str, Any] = {
        "salesperson": row,
        "form": SalespersonChangeForm(initial={name: getattr(row, name) for name in names}),
        "give": GiveForm(),
        "login": LoginForm(members=members, initial={"member": str(row.member or "")}),
        "plan": None,
        "customers": list(row.customers.order_by("code")[:500]),
        "may_tie": request.actor.can(Permission.CARGO_USERS),
    }
    return page(request, "cargo/salesperson.html", context | more, status=status)


@require_POST
@needs(Permission.CARGO_MANAGE)
def customers_give(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    """First what giving would do, then giving."""
    row = salesperson_for(salesperson_id)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _card(request, row, give=form, status=422)
    codes = form.cleaned_data["codes"]
    if "sure" not in request.POST:
        return _card(
            request,
            row,
            give=form,
            plan=registry.giving(salesperson=row, codes=codes),
        )
    done = registry.give(
        salesperson=row,
        codes=codes,
        by=request.actor,
        at=clock.now(),
    )
    said = ngettext(
        "%(count)s customer is given.",
        "%(count)s customers are given.",
        done.customers,
    ) % {"count": done.customers}
    stamped = ngettext(
        "%(count)s shipment got the code.",
        "%(count)s shipments got the code.",
        done.stamped,
    ) % {"count": done.stamped}
    messages.success(request, f"{said} {stamped}")
    return go(request, reverse("cargo:salesperson-card", args=[row.pk]))


@require_POST
@needs(Permission.CARGO_USERS)
def login_tie(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    row = salesperson_for(salesperson_id)
    form = LoginForm(
        request.POST,
        members=[(str(member.pk), member.name) for member in sale_logins()],
    )
    if form.is_valid():
        member = form.cleaned_data["member"]
        try:
            registry.tie_login(
                salesperson=row,
                member=UUID(member) if member else None,
                by=request.actor,
                at=clock.now(),
            )
        except registry.LoginTaken:
            messages.error(request, _("This login belongs to another salesperson."))
        else:
            messages.success(request, _("The changes are saved."))
    return go(request, reverse("cargo:salesperson-card", args=[row.pk]))


def salesperson_for(salesperson_id: UUID) -> Salesperson:
    found = Salesperson.objects.filter(pk=salesperson_id).first()
    if found is None:
        raise Http404
    return found
