"""Salespeople, their customers, customers, and the module's users."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commission.cargo import people, users
from commission.cargo.forms.people import CustomerForm, GiveForm, LoginForm, SalespersonChangeForm, SalespersonForm, UserForm
from commission.cargo.models import Customer, Salesperson
from commission.cargo.queries import customers_for
from commission.cargo.queries.people import sale_logins, salespeople, search
from commission.cargo.views import frame
from companies.models import Company
from tenants.accounts.permissions import Permission, Role
from tenants.kit.web import OfficeRequest, go, needs, page

PAGE = 50


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_list(request: OfficeRequest) -> HttpResponse:
    form = SalespersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = people.salesperson_add(**form.cleaned_data, by=request.actor, at=timezone.now())
        except people.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(request, _("%(code)s is added. Give customers now.") % {"code": made.code})
            return go(request, reverse("cargo:salesperson-card", args=[made.pk]))
    logins = {member.pk: member.name for member in sale_logins()}
    context = {"rows": list(salespeople()), "form": form, "logins": logins}
    return page(request, "cargo/salespeople.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_card(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    row = salesperson_for(salesperson_id)
    names = ("name", "phone", "email", "is_active")
    form = SalespersonChangeForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if form.is_valid():
        people.salesperson_change(salesperson=row, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The changes are saved."))
        return go(request, reverse("cargo:salesperson-card", args=[row.pk]))
    return _card(request, row, form=form, status=422 if form.is_bound else 200)


def _card(request: OfficeRequest, row: Salesperson, *, status: int = 200, **more: Any) -> HttpResponse:
    names = ("name", "phone", "email", "is_active")
    members = [(str(member.pk), f"{member.name} · {member.email}") for member in sale_logins()]
    context: dict[str, Any] = {
        "salesperson": row, "form": SalespersonChangeForm(initial={name: getattr(row, name) for name in names}), "give": GiveForm(),
        "login": LoginForm(members=members, initial={"member": str(row.member or "")}), "plan": None,
        "customers": list(row.customers.order_by("code")[:500]), "may_tie": request.actor.can(Permission.CARGO_USERS),
    }  # fmt: skip
    return page(request, "cargo/salesperson.html", context | more, status=status)


@require_POST
@needs(Permission.CARGO_MANAGE)
def customers_give(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    """First what giving would do, then giving."""
    row, form = salesperson_for(salesperson_id), GiveForm(request.POST)
    if not form.is_valid():
        return _card(request, row, give=form, status=422)
    codes = form.cleaned_data["codes"]
    if "sure" not in request.POST:
        return _card(request, row, give=form, plan=people.giving(salesperson=row, codes=codes))
    done = people.give(salesperson=row, codes=codes, by=request.actor, at=timezone.now())
    said = ngettext("%(count)s customer is given.", "%(count)s customers are given.", done.customers) % {"count": done.customers}
    stamped = ngettext("%(count)s shipment got the code.", "%(count)s shipments got the code.", done.stamped) % {"count": done.stamped}
    messages.success(request, f"{said} {stamped}")
    return go(request, reverse("cargo:salesperson-card", args=[row.pk]))


@require_POST
@needs(Permission.CARGO_MANAGE)
def customer_take(request: OfficeRequest, customer_id: UUID) -> HttpResponse:
    row = customer_for(request, customer_id)
    back = row.salesperson_id
    people.take_away(customer=row, by=request.actor, at=timezone.now())
    return go(request, reverse("cargo:salesperson-card", args=[back]) if back else reverse("cargo:customer-list"))


@require_POST
@needs(Permission.CARGO_USERS)
def login_tie(request: OfficeRequest, salesperson_id: UUID) -> HttpResponse:
    row = salesperson_for(salesperson_id)
    form = LoginForm(request.POST, members=[(str(member.pk), member.name) for member in sale_logins()])
    if form.is_valid():
        member = form.cleaned_data["member"]
        try:
            people.tie_login(salesperson=row, member=UUID(member) if member else None, by=request.actor, at=timezone.now())
        except people.LoginTaken:
            messages.error(request, _("This login belongs to another salesperson."))
        else:
            messages.success(request, _("The changes are saved."))
    return go(request, reverse("cargo:salesperson-card", args=[row.pk]))


@require_GET
@needs(Permission.CARGO_ENTER)
def customer_list(request: OfficeRequest) -> HttpResponse:
    asked, number, url = request.GET.get("q", "")[:60], frame.page_number(request.GET), reverse("cargo:customer-list")
    rows = search(customers_for(request.actor), asked).select_related("salesperson")
    free = request.GET.get("free") == "1"
    rows = rows.filter(salesperson=None) if free else rows
    total = rows.order_by().values("pk")[:10_001].count()
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    listing = {
        "title": _("Customers"), "count": total, "rows_count": len(found[:PAGE]), "url": url, "search": asked,
        "search_hint": _("Code, name, phone, LINE"), "filters": None, "chips": [], "clear_url": url, "cards": True, "row_menu": [],
        "keep": {"free": "1"} if free else {},
        "views": [{"label": _("All"), "url": url, "active": not free},
                  {"label": _("Without a salesperson"), "url": f"{url}?free=1", "active": free}],
        "columns": [{"key": key, "label": label} for key, label in (("code", _("Customer code")), ("name", _("Name")), ("phone", _("Phone")),
                    ("line", "LINE"), ("salesperson", _("Salesperson")))],
        "pager": frame.pager(url, request.GET, page=number, size=PAGE, shown=len(found[:PAGE]), more=len(found) > PAGE, total=total),
        "empty": {"title": _("No customers yet"), "icon": "users", "action_label": _("Add a customer"), "action_url": reverse("cargo:customer-new"),
                  "text": _("Customers also come by themselves, with the first shipment of an unknown code.")},
    }  # fmt: skip
    return page(request, "cargo/customers.html", {"list": listing, "rows": found[:PAGE]})


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_new(request: OfficeRequest) -> HttpResponse:
    form = CustomerForm(request.POST or None, companies=_companies(request))
    if form.is_valid():
        try:
            people.customer_add(**_known(form), by=request.actor, at=timezone.now())
        except people.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            return go(request, reverse("cargo:customer-list"))
    return page(request, "cargo/customer.html", {"form": form, "customer": None}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def customer_card(request: OfficeRequest, customer_id: UUID) -> HttpResponse:
    row = customer_for(request, customer_id)
    first = {name: getattr(row, name) for name in ("code", "name", "phone", "line")} | {"company": str(row.company_id or "")}
    form = CustomerForm(request.POST or None, companies=_companies(request), initial=first)
    if form.is_valid():
        try:
            people.customer_change(customer=row, **_known(form), by=request.actor, at=timezone.now())
        except people.CodeTaken:
            form.add_error("code", _("This code is taken."))
        else:
            messages.success(request, _("The changes are saved."))
            return go(request, reverse("cargo:customer-card", args=[row.pk]))
    history = list(row.history.select_related("salesperson").order_by("-since", "-id"))
    choices = list(Salesperson.objects.filter(is_active=True).exclude(pk=row.salesperson_id).order_by("code")[:200])
    context = {"form": form, "customer": row, "history": history, "choices": choices if request.actor.can(Permission.CARGO_MANAGE) else []}
    return page(request, "cargo/customer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_USERS)
def user_list(request: OfficeRequest) -> HttpResponse:
    form, made = UserForm(request.POST or None), None
    if form.is_valid():
        try:
            role = Role(form.cleaned_data["role"])
            made = users.invite(name=form.cleaned_data["name"], email=form.cleaned_data["email"], role=role, by=request.actor, at=timezone.now())
        except users.AlreadyMember:
            form.add_error("email", _("This person has a login here already."))
    context = {"rows": _users(), "form": form if made is None else UserForm(), "made": made, "email": form.data.get("email", ""), "password": None}
    return page(request, "cargo/users.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.CARGO_USERS)
def user_act(request: OfficeRequest, member_id: UUID, act: str) -> HttpResponse:
    """Block, let in again, or a new one-time password, which is shown once."""
    try:
        if act == "reset":
            password = users.reset(member=member_id, by=request.actor, at=timezone.now())
            email = next((row["member"].email for row in _users() if row["member"].pk == member_id), "")
            return page(request, "cargo/users.html", {"rows": _users(), "form": UserForm(), "made": None, "password": password, "email": email})
        users.set_active(member=member_id, is_active=act == "unblock", by=request.actor, at=timezone.now())
    except users.NotOurs:
        messages.error(request, _("This person also works elsewhere: only they can change their password."))
    return go(request, reverse("cargo:user-list"))


def _users() -> list[dict[str, Any]]:
    tied = dict(Salesperson.objects.filter(member__isnull=False).values_list("member", "code"))
    roles = {Role.CARGO_MANAGER: "MANAGER", Role.CARGO_STAFF: "STAFF", Role.CARGO_SALE: "SALE"}
    return [{"member": row, "role": roles[Role(row.role)], "code": tied.get(row.pk, "")} for row in users.cargo_members()]


def salesperson_for(salesperson_id: UUID) -> Salesperson:
    found = Salesperson.objects.filter(pk=salesperson_id).first()
    if found is None:
        raise Http404
    return found


def customer_for(request: OfficeRequest, customer_id: UUID) -> Customer:
    found = customers_for(request.actor).select_related("salesperson").filter(pk=customer_id).first()
    if found is None:
        raise Http404
    return found


def _companies(request: OfficeRequest) -> list[tuple[str, str]]:
    """Only those who may see companies link a customer to one."""
    if not request.actor.can(Permission.COMPANY_VIEW):
        return []
    return [(str(pk), name) for pk, name in Company.objects.filter(kind="client").order_by("name").values_list("pk", "name")[:1000]]


def _known(form: CustomerForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    company = values.pop("company")
    return values | ({"company_id": UUID(company) if company else None} if len(form.fields["company"].choices) > 1 else {})  # type: ignore[attr-defined]
