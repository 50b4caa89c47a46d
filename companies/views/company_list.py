"""The list of companies: its columns, its page and its export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from companies import queries
from companies.forms import FilterForm
from companies.models import Company
from companies.queries import BY_NAME, SORTS, Asked
from tenants.kit import formats
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage, Tab
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
    return pill(status(company), *LOOK[company.status])


def contract(company: Any) -> str:
    return _("Signed") if company.has_contract else _("Not signed")


def contract_pill(company: Any) -> str:
    words = contract(company)
    return pill(words, "good", "signature") if company.has_contract else words


def created(company: Company) -> str:
    return formats.day(company.created_at)


t = gettext_lazy
COLUMNS = (
    Column("ref", t("Code"), "ref", SORTS["ref"], hidden=True),
    Column("name", t("Company"), "name", BY_NAME, fixed=True),
    Column("full_name", t("Full legal name"), "full_name", hidden=True),
    Column("kind", t("Kind"), kind),
    Column("country", t("Country"), "country", hidden=True),
    Column("inn", t("ИНН"), "inn"),
    Column("address", t("Legal address"), "address", hidden=True),
    Column("contact", t("Contact"), "contact_person", exported=False),
    Column("contact_person", t("Contact person"), "contact_person", on_page=False),
    Column("phone", t("Phone"), "phone", hidden=True),
    Column("email", t("E-mail"), "email", hidden=True),
    Column("bank", t("Bank"), "bank", on_page=False),
    Column("account", t("Account"), "account", on_page=False),
    Column("bik", t("БИК"), "bik", on_page=False),
    Column("contract", t("Contract"), contract, text=contract_pill),
    Column("status", t("Status"), status, SORTS["status"], text=status_pill),
    Column("created", t("Created"), "created_at", SORTS["created_at"], text=created),
)
COMPANIES = Listing(
    name="companies",
    title=t("Companies"),
    url="companies:company-list",
    columns=COLUMNS,
    sort=BY_NAME,
    opens="companies:company-card",
    named_by="name",
    search_hint=t("Name, ИНН, e-mail, phone, code"),
    export="companies:company-export",
    saved="companies:view",
    tabs=(
        Tab("all", t("All")),
        Tab("client", t("Clients"), {"kind": "client"}),
        Tab("partner", t("Partners"), {"kind": "partner"}),
    ),
    tabs_narrow=True,
    empty=Empty(
        title=t("No companies yet"),
        icon="building",
        text=t(
            "Clients order transport here, partners carry. Invite the first one by e-mail or messenger."
        ),
        action_label=t("Invite"),
        action_url=reverse_lazy("companies:company-invite"),
    ),
)


@dataclass(frozen=True, slots=True)
class CompanyListPage:
    list: ListPage


def address_of(request: OfficeRequest) -> Address:
    return COMPANIES.address(request, FilterForm(request.GET))


def asked(address: Address) -> Asked:
    """What an address asks for; what makes no sense is left out."""
    values = address.filters
    kind = address.value("kind")
    return Asked(
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
    wanted = asked(address)
    counts = queries.counts(wanted)
    shown = COMPANIES.shown(
        address,
        COMPANIES.page(address, queries.companies(wanted), reader=request.actor),
        count=counts[wanted.kind or "all"],
        counts=counts,
        saved=saved_views.of(request.actor, COMPANIES),
    )
    return page(request, "companies/list.html", CompanyListPage(shown))


@require_GET
@needs(Permission.COMPANY_VIEW)
def company_export(request: OfficeRequest) -> HttpResponse:
    address = address_of(request)
    companies = COMPANIES.everything(address, queries.companies(asked(address)))
    return COMPANIES.file(address, companies)
