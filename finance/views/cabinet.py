"""What cabinets see of the books: a client its invoices, a partner what it gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from finance import queries
from finance.models import CarrierAdvance, Payable
from finance.queries.carrier_advances import advances_paid_to
from finance.queries.invoices import InvoiceFilter
from finance.views.invoice_list import INVOICES, with_lateness
from finance.views.payable_list import PAYABLES
from tenants.kit import months
from tenants.kit.counting import count_capped
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

ADVANCES_SHOWN = 20  # the newest; all of them are on the statement
OFFICE_S = frozenset({"client", "payee", "act"})


def _columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Those of the office's list without what is its own; nothing opens the office's card."""
    return tuple(replace(column, opens=False) for column in columns if column.key not in OFFICE_S)


INVOICES_OF_CLIENT = replace(
    INVOICES,
    name="cabinet-invoices",
    url="finance:cabinet-invoices",
    columns=(
        *_columns(INVOICES.columns),
        Column("pdf", "PDF", "document_id", exported=False),
    ),
    opens="",
    search_hint=_("Number, order"),
    export="finance:cabinet-invoice-export",
    saved="finance:cabinet-invoice-view",
    empty=Empty(
        title=_("No invoices yet"),
        icon="file-invoice",
        text=_("Invoices for your orders will appear here with what is paid and left."),
    ),
)
PAYOUTS_OF_PARTNER = replace(
    PAYABLES,
    name="partner-payouts",
    title=_("Payouts"),
    url="finance:partner-payouts",
    columns=_columns(PAYABLES.columns),
    search_hint=_("Order"),
    export="finance:partner-payout-export",
    saved="finance:partner-payout-view",
    tabs=(
        Tab("open", pgettext_lazy("payouts", "Expected")),
        Tab("paid", pgettext_lazy("payouts", "Paid"), {"view": "paid"}),
        Tab("all", _("All"), {"view": "all"}),
    ),
    empty=Empty(
        title=_("No payouts yet"),
        icon="coins",
        text=_("What you get for a trip will appear here when its order is completed."),
    ),
)


@dataclass(frozen=True, slots=True)
class CabinetListPage:
    list: ListPage
    today: date


@dataclass(frozen=True, slots=True)
class PartnerPayoutsPage(CabinetListPage):
    """Debts to the partner, and what it got ahead of them."""

    advances: list[CarrierAdvance]


def invoices_asked(request: OfficeRequest) -> tuple[Address, InvoiceFilter]:
    """The address of the list, and what it asks for."""
    address = INVOICES_OF_CLIENT.address(request)
    return address, InvoiceFilter(search=address.search, view=address.value("view"))


@require_GET
@needs(Permission.CLIENT_SUMS)
def client_invoices(request: OfficeRequest) -> HttpResponse:
    """The client's own invoices, each with its state."""
    actor = request.actor
    today = months.today_of(request)
    address, filters = invoices_asked(request)
    invoices = INVOICES_OF_CLIENT.page(
        address, queries.rows(actor, filters, today=today), reader=actor
    )
    shown = INVOICES_OF_CLIENT.shown(
        address,
        invoices,
        records=with_lateness(invoices.rows, today),
        count=queries.totals_of(invoices.rows).count,
        counts=queries.counts(actor, today=today),
        saved=saved_views.of(actor, INVOICES_OF_CLIENT),
    )
    return page(request, "finance/cabinet_invoices.html", CabinetListPage(shown, today))


@require_GET
@needs(Permission.CLIENT_SUMS)
def client_invoice_export(request: OfficeRequest) -> HttpResponseBase:
    address, filters = invoices_asked(request)
    today = months.today_of(request)
    rows = queries.everything(request.actor, filters, address.sort, today=today)
    return INVOICES_OF_CLIENT.file(address, rows)


def _payouts(request: OfficeRequest, listing: Listing) -> tuple[Address, QuerySet[Payable]]:
    address = listing.address(request)
    view = address.value("view") or "open"
    return address, queries.payables(request.actor, search=address.search, view=view)


@require_GET
@needs(Permission.PARTNER_SUMS)
def partner_payouts(request: OfficeRequest) -> HttpResponse:
    """What the partner gets for its trips, and what it has got."""
    address, debts = _payouts(request, PAYOUTS_OF_PARTNER)
    shown = PAYOUTS_OF_PARTNER.shown(
        address,
        PAYOUTS_OF_PARTNER.page(address, debts, reader=request.actor),
        count=count_capped(debts),
        saved=saved_views.of(request.actor, PAYOUTS_OF_PARTNER),
    )
    advances = list(advances_paid_to(request.actor)[:ADVANCES_SHOWN])
    context = PartnerPayoutsPage(shown, months.today_of(request), advances)
    return page(request, "finance/partner_payouts.html", context)


@require_GET
@needs(Permission.PARTNER_SUMS)
def partner_payout_export(request: OfficeRequest) -> HttpResponseBase:
    address, debts = _payouts(request, PAYOUTS_OF_PARTNER)
    return PAYOUTS_OF_PARTNER.file(address, PAYOUTS_OF_PARTNER.everything(address, debts))
