"""The list of salespeople: its columns, its page with the form of a new one, and its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo import links
from commission.cargo.codes import CodeTaken
from commission.cargo.forms.people import SalespersonForm
from commission.cargo.models import Salesperson
from commission.cargo.people import salespeople
from commission.cargo.queries import people
from tenants.kit import clock
from tenants.kit.counting import count_capped
from tenants.kit.keyset import Sort
from tenants.kit.listing import Act, Address, Column, Empty, Listing, ListPage, Tab
from tenants.kit.listing_cells import address_pattern
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import saved_views
from tenants.permissions import Permission

BY_CODE = Sort("code", "code")
COLUMNS = (
    Column("code", _("Salesperson code"), "code", BY_CODE, fixed=True, opens=True),
    Column("name", _("Full name"), "name", Sort("name", "name")),
    Column("phone", _("Phone"), "phone"),
    Column("email", _("E-mail"), "email"),
    Column("customers", _("Customers"), "customer_count", numeric=True),
    Column("login", _("SALE login"), "login"),
)
SALESPEOPLE = Listing(
    name="cargo.salespeople",
    title=_("Salespeople"),
    url="cargo:salesperson-list",
    columns=COLUMNS,
    sort=BY_CODE,
    opens="cargo:salesperson-card",
    named_by="code",
    search_hint=_("Code, name, phone, e-mail"),
    export="cargo:salesperson-export",
    saved="cargo:salesperson-view",
    tabs=(
        Tab("all", _("All")),
        Tab("left", pgettext_lazy("person", "Left"), {"left": "1"}),
    ),
    empty=Empty(
        title=_("No salespeople yet"),
        icon="id-badge-2",
        text=_(
            "A salesperson has a code that stands on the shipments of the customers given to them."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class SalespeoplePage:
    """The salespeople, and the form of a new one."""

    list: ListPage
    form: SalespersonForm


def salespeople_of(address: Address) -> QuerySet[Salesperson]:
    rows = people.salespeople(address.search)
    return rows.filter(is_active=False) if address.value("left") == "1" else rows


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def salesperson_list(request: OfficeRequest) -> HttpResponse:
    form = SalespersonForm(posted(request))
    if form.is_valid():
        try:
            salesperson = salespeople.add(**form.cleaned_data, by=request.actor, at=clock.now())
        except CodeTaken:
            form.add_error("code", gettext("This code is taken."))
        else:
            added = gettext("%(code)s is added. Give customers now.")
            messages.success(request, added % {"code": salesperson.code})
            return go(request, links.salesperson(salesperson.pk))
    status = 422 if form.is_bound else 200
    return page(request, "cargo/salespeople.html", _page(request, form), status=status)


def _page(
    request: OfficeRequest,
    form: SalespersonForm,
) -> SalespeoplePage:
    address = SALESPEOPLE.address(request)
    rows = salespeople_of(address)
    manage = Act(
        gettext("Manage customers"),
        address_pattern("cargo:salesperson-card"),
        "users",
    )
    shown = SALESPEOPLE.shown(
        address,
        SALESPEOPLE.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, SALESPEOPLE),
        row_menu=[manage],
    )
    return SalespeoplePage(shown, form)


@require_GET
@needs(Permission.CARGO_MANAGE)
def salesperson_export(request: OfficeRequest) -> HttpResponseBase:
    address = SALESPEOPLE.address(request)
    rows = SALESPEOPLE.everything(address, salespeople_of(address))
    return SALESPEOPLE.file(address, rows)
