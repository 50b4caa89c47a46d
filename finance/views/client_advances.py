"""Money of clients on no invoice: the list, a new one, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from companies.queries import client_choices, company_for
from finance import client_advances, links
from finance.client_advances import CannotAllocate, Part
from finance.forms import AdvanceForm, AllocationForm, RefundForm
from finance.models import ClientAdvance, Payment
from finance.payments import CannotPay
from finance.queries.client_advances import (
    NEWEST,
    advance_for,
    payable_with,
)
from finance.queries.client_advances import client_advances as matching
from finance.views.tabs import books_tabs
from tenants.kit import clock, formats, months, pieces
from tenants.kit.asked_again import asks_again
from tenants.kit.counting import count_capped
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.listing import Column, Empty, Listing, ListPage, Tab
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted, uuid_of
from tenants.office import audit_log, saved_views
from tenants.permissions import Permission

OFFERED = 100  # invoices to choose from, the oldest due first


def amount(advance: ClientAdvance) -> str:
    """A return stands with a minus."""
    sign = "−" if advance.return_of_id else ""
    return sign + formats.money(advance.amount, advance.currency)


def signed(advance: ClientAdvance) -> object:
    return -advance.amount if advance.return_of_id else advance.amount


def left(advance: ClientAdvance) -> str:
    return formats.money(advance.left)


COLUMNS = (
    Column("on", gettext_lazy("Date"), "paid_on", NEWEST, fixed=True, opens=True),
    Column("client", gettext_lazy("Client"), "company.name", fixed=True),
    Column("amount", gettext_lazy("Amount"), signed, numeric=True, text=amount),
    Column("currency", gettext_lazy("Currency"), "currency", on_page=False),
    Column("left", gettext_lazy("On no invoice"), "left", numeric=True, text=left),
    Column("method", gettext_lazy("How"), "method_label"),
    Column("reference", gettext_lazy("Reference"), "reference"),
    Column("by", gettext_lazy("Made by"), "entered_name", hidden=True),
)
ADVANCES = Listing(
    name="client-advances",
    title=gettext_lazy("Advances of clients"),
    url="finance:advance-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="finance:advance-card",
    named_by="company.name",
    search_hint=gettext_lazy("Client, number of the paper"),
    export="finance:advance-export",
    saved="finance:advance-view",
    tabs=(
        Tab("all", gettext_lazy("All")),
        Tab("open", gettext_lazy("On no invoice"), {"view": "open"}),
    ),
    empty=Empty(
        title=gettext_lazy("No advances yet"),
        icon="coins",
        text=gettext_lazy("Money that came before its invoice, or for several, is booked here."),
    ),
)


@dataclass(frozen=True, slots=True)
class AdvanceListPage:
    list: ListPage
    may_edit: bool
    tabs: Sequence[pieces.Tab]


@dataclass(frozen=True, slots=True)
class NewAdvancePage:
    form: AdvanceForm


@dataclass(frozen=True, slots=True)
class AdvancePage:
    """An advance, what it paid, and the invoices it may pay."""

    advance: ClientAdvance
    payments: list[Payment]
    returns: list[ClientAdvance]
    form: AllocationForm
    has_more: bool  # unpaid invoices than the form shows
    events: Sequence[TimelineEvent]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class AdvanceRefundPage:
    form: RefundForm
    advance: ClientAdvance


@require_GET
@needs(Permission.FINANCE_VIEW)
def advance_list(request: OfficeRequest) -> HttpResponse:
    address = ADVANCES.address(request)
    rows = matching(request.actor, search=address.search, view=address.value("view"))
    shown = ADVANCES.shown(
        address,
        ADVANCES.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, ADVANCES),
    )
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    context = AdvanceListPage(shown, may_edit, books_tabs("advance-list"))
    return page(request, "finance/advances.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def advance_export(request: OfficeRequest) -> HttpResponseBase:
    address = ADVANCES.address(request)
    rows = matching(request.actor, search=address.search, view=address.value("view"))
    return ADVANCES.file(address, ADVANCES.everything(address, rows))


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def advance_add(request: OfficeRequest) -> HttpResponse:
    """Book money of a client on no invoice."""
    home = request.reseller.currency
    chosen = request.POST.get("company") or request.GET.get("company")
    form = AdvanceForm(
        posted(request),
        home=home,
        clients=client_choices(in_force=uuid_of(chosen)),
        initial={
            "company": chosen,
            "currency": home,
            "paid_on": months.today_of(request),
            "method": "bank",
        },
    )
    if form.is_valid():
        try:
            advance = client_advances.receive(
                company=company_for(request.actor, UUID(form.cleaned_data["company"])),
                currency=form.cleaned_data["currency"],
                **form.facts,
                by=request.actor,
                at=clock.now(),
            )
        except CannotPay as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = gettext("%(sum)s received.")
            messages.success(request, text % {"sum": money(advance.amount, advance.currency)})
            return go(request, links.client_advance(advance.pk))
    status = 422 if form.is_bound else 200
    return page(request, "finance/advance_new.html", NewAdvancePage(form), status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_VIEW)
def advance_card(request: OfficeRequest, advance_id: UUID) -> HttpResponse:
    """Show an advance; its form pays invoices of the client with it."""
    advance = advance_for(request.actor, advance_id)
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    unpaid = list(payable_with(advance)[: OFFERED + 1]) if advance.left else []
    form = AllocationForm(
        posted(request) if may_edit else None,
        invoices=unpaid[:OFFERED],
        left=advance.left,
        currency=advance.currency,
    )
    if form.is_valid():
        try:
            client_advances.allocate(
                advance=advance,
                parts=[Part(invoice, part) for invoice, part in form.amounts],
                once=form.cleaned_data["once"],
                by=request.actor,
                at=clock.now(),
            )
        except CannotAllocate as refused:
            form.add_error(f"part-{refused.invoice.pk}" if refused.invoice else None, str(refused))
        else:
            messages.success(request, gettext("The money is on the invoices."))
            return go(request, links.client_advance(advance.pk))
    context = AdvancePage(
        advance=advance,
        payments=list(advance.payments.select_related("invoice").order_by("entered_at", "pk")),
        returns=list(advance.returns.order_by("entered_at")),
        form=form,
        has_more=len(unpaid) > OFFERED,
        events=audit_log.history(advance.subject),
        may_edit=may_edit and advance.left > 0,
    )
    status = 422 if form.is_bound else 200
    return page(request, "finance/advance.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def advance_refund(request: OfficeRequest, advance_id: UUID) -> HttpResponse:
    """Ask how much goes back to the client, then book it."""
    advance = advance_for(request.actor, advance_id)
    initial = {"amount": advance.left, "on": months.today_of(request)}
    form = RefundForm(posted(request), currency=advance.currency, initial=initial)
    del form.fields["keep"]
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("amount", "on", "reason", "once")}
        try:
            client_advances.give_back(
                advance=advance,
                **values,
                by=request.actor,
                at=clock.now(),
                sure=form.answers,
            )
        except CannotPay as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = gettext("%(sum)s given back.")
            messages.success(request, text % {"sum": money(values["amount"], advance.currency)})
            return go(request, links.client_advance(advance.pk))
    status = 422 if form.is_bound else 200
    context = AdvanceRefundPage(form, advance)
    return page(request, "finance/advance_refund.html", context, status=status)
