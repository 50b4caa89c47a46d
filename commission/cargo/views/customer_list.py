"""The list of the module's customers: its columns, its page and its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from commission.cargo.models import Customer
from commission.cargo.queries import customers_for
from commission.cargo.queries.people import search
from tenants.kit.counting import count_capped
from tenants.kit.keyset import Sort
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

BY_CODE = Sort("code", "code")


def salesperson(customer: Customer) -> str:
    return customer.salesperson.code if customer.salesperson else gettext("No salesperson yet")


COLUMNS = (
    Column("code", _("Customer code"), "code", BY_CODE, fixed=True, opens=True),
    Column("name", _("Name"), "name", Sort("name", "name")),
    Column("phone", _("Phone"), "phone"),
    Column("line", "LINE", "line"),
    Column("salesperson", _("Salesperson"), salesperson),
)
CUSTOMERS = Listing(
    name="cargo.customers",
    title=_("Customers"),
    url="cargo:customer-list",
    columns=COLUMNS,
    sort=BY_CODE,
    opens="cargo:customer-card",
    named_by="code",
    search_hint=_("Code, name, phone, LINE"),
    export="cargo:customer-export",
    saved="cargo:customer-view",
    tabs=(
        Tab("all", _("All")),
        Tab("free", _("Without a salesperson"), {"free": "1"}),
    ),
    empty=Empty(
        title=_("No customers yet"),
        icon="users",
        text=_("Customers also come by themselves, with the first shipment of an unknown code."),
        action_label=_("Add a customer"),
        action_url=reverse_lazy("cargo:customer-new"),
    ),
)


@dataclass(frozen=True, slots=True)
class CustomerListPage:
    list: ListPage


def customers_of(
    request: OfficeRequest,
    address: Address,
) -> QuerySet[Customer]:
    rows = search(customers_for(request.actor), address.search).select_related("salesperson")
    return rows.filter(salesperson=None) if address.value("free") == "1" else rows


@require_GET
@needs(Permission.CARGO_ENTER)
def customer_list(request: OfficeRequest) -> HttpResponse:
    address = CUSTOMERS.address(request)
    customers = customers_of(request, address)
    shown = CUSTOMERS.shown(
        address,
        CUSTOMERS.page(address, customers, reader=request.actor),
        count=count_capped(customers),
        saved=saved_views.of(request.actor, CUSTOMERS),
    )
    return page(request, "cargo/customers.html", CustomerListPage(shown))


@require_GET
@needs(Permission.CARGO_ENTER)
def customer_export(request: OfficeRequest) -> HttpResponseBase:
    address = CUSTOMERS.address(request)
    customers = CUSTOMERS.everything(address, customers_of(request, address))
    return CUSTOMERS.file(address, customers)
