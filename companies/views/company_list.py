"""The list of companies: its columns, its page and its export."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from companies import queries
from companies.forms import FilterForm
from companies.models import Company
from companies.queries import BY_NAME, SORTS, CompanyFilter
from tenants.kit import formats
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.listing_cells import Record
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

LOOK = {
    "invited": ("info", "mail"),
    "active": ("good", "circle-check"),
    "archived": ("neutral", "archive"),
}


def kind(company: Company) -> str:
    return company.get_kind_display()


def status(company: Company) -> str:
    return company.get_status_display()


def status_pill(company: Company) -> str:
    if company.is_blocked:
        return pill(gettext("Blocked"), "bad", "ban")
    return pill(status(company), *LOOK[company.status])


def overdue(company: Record) -> str:
    """Since when the client has missed a payment."""
    return formats.day(company.missed) if company.missed else ""


def overdue_pill(company: Record) -> str:
    return pill(overdue(company), "warn", "clock") if company.missed else ""


def contract(company: Record) -> str:
    return gettext("Signed") if company.has_contract else gettext("Not signed")


def contract_pill(company: Record) -> str:
    words = contract(company)
    return pill(words, "good", "signature") if company.has_contract else words


def created(company: Company) -> str:
    return formats.day(company.created_at)


COLUMNS = (
    Column("ref", _("Code"), "ref", SORTS["ref"], hidden=True),
    Column("name", _("Company"), "name", BY_NAME, fixed=True),
    Column("full_name", _("Full legal name"), "full_name", hidden=True),
    Column("kind", _("Kind"), kind),
    Column("country", _("Country"), "country", hidden=True),
    Column("inn", _("ИНН"), "inn"),
    Column("address", _("Legal address"), "address", hidden=True),
    Column("contact", _("Contact"), "contact_person", exported=False),
    Column(
        "contact_person",
        _("Contact person"),
        "contact_person",
        on_page=False,
    ),
    Column("phone", _("Phone"), "phone", hidden=True),
    Column("email", _("E-mail"), "email", hidden=True),
    Column("bank", _("Bank"), "bank", on_page=False),
    Column("account", _("Account"), "account", on_page=False),
    Column("bik", _("БИК"), "bik", on_page=False),
    Column("contract", _("Contract"), contract, text=contract_pill),
    Column("overdue", _("Overdue since"), overdue, text=overdue_pill),
    Column("status", _("Status"), status, text=status_pill),
    Column(
        "created",
        _("Created"),
        "created_at",
        SORTS["created_at"],
        text=created,
    ),
)
COMPANIES = Listing(
    name="companies",
    title=_("Companies"),
    url="companies:company-list",
    columns=COLUMNS,
    sort=BY_NAME,
    opens="companies:company-card",
    named_by="name",
    search_hint=_("Name, ИНН, e-mail, phone, code"),
    export="companies:company-export",
    saved="companies:view",
    tabs=(
        Tab("all", _("All")),
        Tab("client", _("Clients"), {"kind": "client"}),
        Tab("partner", _("Partners"), {"kind": "partner"}),
    ),
    tabs_narrow=True,
    empty=Empty(
        title=_("No companies yet"),
        icon="building",
        text=_(
            "Clients order transport here, partners carry. Invite the first one by e-mail or messenger."
        ),
        action_label=_("Invite"),
        action_url=reverse_lazy("companies:company-invite"),
    ),
)


@dataclass(frozen=True, slots=True)
class CompanyListPage:
    list: ListPage


def address_of(request: OfficeRequest) -> Address:
    return COMPANIES.address(request, FilterForm(request.GET))


def filters_of(address: Address) -> CompanyFilter:
    """What an address asks for; what makes no sense is left out."""
    values = address.filters
    kind = address.value("kind")
    return CompanyFilter(
        kind=kind if kind in Company.Kind else "",
        search=address.search,
        status=values.get("status", ""),
        contract=values.get("contract", ""),
        country=values.get("country", ""),
    )


@require_GET
@needs(Permission.COMPANY_VIEW)
def company_list(request: OfficeRequest) -> HttpResponse:
    address = address_of(request)
    filters = filters_of(address)
    counts = queries.counts(filters)
    shown = COMPANIES.shown(
        address,
        COMPANIES.page(address, queries.companies(filters), reader=request.actor),
        count=counts[filters.kind or "all"],
        counts=counts,
        saved=saved_views.of(request.actor, COMPANIES),
    )
    return page(request, "companies/list.html", CompanyListPage(shown))


@require_GET
@needs(Permission.COMPANY_VIEW)
def company_export(request: OfficeRequest) -> HttpResponseBase:
    """The list as a file, as its filters narrow it."""
    address = address_of(request)
    companies = COMPANIES.everything(address, queries.companies(filters_of(address)))
    return COMPANIES.file(address, companies)
