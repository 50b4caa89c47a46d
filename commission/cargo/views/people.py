"""A salesperson's page, and giving customers to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo import links
from commission.cargo.forms.people import (
    GiveForm,
    LoginForm,
    SalespersonChangeForm,
)
from commission.cargo.models import Customer, Salesperson
from commission.cargo.people import customers, salespeople
from commission.cargo.people.customers import Handover
from commission.cargo.queries import people
from tenants.kit import clock
from tenants.kit.forms import Choice
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class SalespersonCard:
    """A salesperson with its customers; `plan` says what giving the typed codes would do."""

    salesperson: Salesperson
    form: SalespersonChangeForm
    give: GiveForm
    login: LoginForm
    plan: Handover | None
    customers: list[Customer]
    may_tie: bool


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_card(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    salesperson = salesperson_for(salesperson_id)
    form = SalespersonChangeForm(posted(request), initial=_values(salesperson)).of_row()
    if form.is_valid():
        salespeople.change(
            salesperson=salesperson,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("The changes are saved."))
        return go(request, links.salesperson(salesperson.pk))
    return _card(
        request,
        salesperson,
        form=form,
        status=422 if form.is_bound else 200,
    )


def _card(
    request: OfficeRequest,
    salesperson: Salesperson,
    *,
    form: SalespersonChangeForm | None = None,
    give: GiveForm | None = None,
    plan: Handover | None = None,
    status: int = 200,
) -> HttpResponse:
    login = {"member": str(salesperson.member or "")}
    context = SalespersonCard(
        salesperson=salesperson,
        form=form or SalespersonChangeForm(initial=_values(salesperson)).of_row(),
        give=give or GiveForm(),
        login=LoginForm(members=_login_choices(), initial=login),
        plan=plan,
        customers=list(salesperson.customers.order_by("code")),
        may_tie=request.actor.can(Permission.CARGO_USERS),
    )
    return page(request, "cargo/salesperson.html", context, status=status)


def _values(salesperson: Salesperson) -> dict[str, object]:
    """A salesperson as the form's values."""
    names = ("name", "phone", "email", "is_active")
    return {name: getattr(salesperson, name) for name in names}


def _login_choices() -> list[Choice]:
    members = people.sale_logins()
    return [
        (str(member.pk), f"{member.name} · {member.email or member.phone}") for member in members
    ]


@require_POST
@needs(Permission.CARGO_MANAGE)
def customers_give(
    request: OfficeRequest,
    salesperson_id: UUID,
) -> HttpResponse:
    """First what giving would do, then giving."""
    salesperson = salesperson_for(salesperson_id)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _card(request, salesperson, give=form, status=422)
    codes = form.cleaned_data["codes"]
    if "sure" not in request.POST:
        plan = customers.plan_giving(salesperson=salesperson, codes=codes)
        return _card(request, salesperson, give=form, plan=plan)
    handover = customers.give(
        salesperson=salesperson,
        codes=codes,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _handover_words(handover))
    return go(request, links.salesperson(salesperson.pk))


def _handover_words(handover: Handover) -> str:
    customers_given = ngettext(
        "%(count)s customer is given.",
        "%(count)s customers are given.",
        handover.customers,
    ) % {"count": handover.customers}
    stamped = ngettext(
        "%(count)s shipment got the code.",
        "%(count)s shipments got the code.",
        handover.stamped,
    ) % {"count": handover.stamped}
    return f"{customers_given} {stamped}"


@require_POST
@needs(Permission.CARGO_USERS)
def login_tie(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    salesperson = salesperson_for(salesperson_id)
    form = LoginForm(request.POST, members=_login_choices())
    if form.is_valid():
        member = form.cleaned_data["member"]
        try:
            salespeople.tie_login(
                salesperson=salesperson,
                member=UUID(member) if member else None,
                by=request.actor,
                at=clock.now(),
            )
        except salespeople.LoginTaken:
            messages.error(request, _("This login belongs to another salesperson."))
        else:
            messages.success(request, _("The changes are saved."))
    return go(request, links.salesperson(salesperson.pk))


def salesperson_for(salesperson_id: UUID) -> Salesperson:
    """Raises 404."""
    salesperson = Salesperson.objects.filter(pk=salesperson_id).first()
    if salesperson is None:
        raise Http404
    return salesperson
