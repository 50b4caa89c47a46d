"""Opening balances: the list with its sums, a new one, its card, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies.queries import client_choices, company_for, firm_choices
from finance import beginning, links, opening
from finance.forms import ReversalForm
from finance.models import OpeningBalance
from finance.opening import CannotOpen
from finance.opening_forms import OpeningFilters, OpeningForm
from finance.queries import openings as queries
from finance.queries.openings import NEWEST, KindSum
from finance.views.tabs import books_tabs
from tenants.kit import clock, formats, months, pieces
from tenants.kit.asked_again import asks_again
from tenants.kit.counting import count_capped
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted, uuid_of
from tenants.office import audit_log, saved_views
from tenants.permissions import Permission


def signed(row: OpeningBalance) -> object:
    """What was taken back stands with a minus."""
    return -row.amount if row.reverses_id else row.amount


def signed_at_home(row: OpeningBalance) -> object:
    return -row.home_amount if row.reverses_id else row.home_amount


def amount(row: OpeningBalance) -> str:
    return formats.money(-row.amount if row.reverses_id else row.amount, row.currency)


def at_home(row: OpeningBalance) -> str:
    return formats.money(-row.home_amount if row.reverses_id else row.home_amount)


COLUMNS = (
    Column(
        "kind",
        pgettext_lazy("opening", "What"),
        "kind_label",
        fixed=True,
        opens=True,
    ),
    Column("party", gettext_lazy("Client"), "party"),
    Column("reference", gettext_lazy("Number of the old paper"), "reference"),
    Column("document", gettext_lazy("Day of the old paper"), "document_on", hidden=True),
    Column("due", pgettext_lazy("opening", "Falls due on"), "due_on"),
    Column("amount", gettext_lazy("Amount"), signed, numeric=True, text=amount),
    Column("currency", gettext_lazy("Currency"), "currency", on_page=False),
    Column(
        "home",
        gettext_lazy("In the currency of the books"),
        signed_at_home,
        numeric=True,
        text=at_home,
    ),
    Column("text", gettext_lazy("Note"), "text", hidden=True),
    Column("entered", gettext_lazy("Entered"), "entered_at", NEWEST, hidden=True),
    Column("by", gettext_lazy("Made by"), "entered_name", hidden=True),
)
OPENINGS = Listing(
    name="openings",
    title=gettext_lazy("Opening balances"),
    url="finance:opening-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="finance:opening-card",
    named_by="kind_label",
    search_hint=gettext_lazy("Client, note, number of the paper"),
    export="finance:opening-export",
    saved="finance:opening-view",
    empty=Empty(
        title=gettext_lazy("No opening balances yet"),
        icon="receipt",
        text=gettext_lazy("What stood in the bank, in the cash box and with clients before."),
    ),
)


@dataclass(frozen=True, slots=True)
class OpeningListPage:
    """The balances, what they add up to, and the day they are booked on."""

    list: ListPage
    sums: Sequence[KindSum]
    on: date
    home: str
    may_edit: bool
    tabs: Sequence[pieces.Tab]


@dataclass(frozen=True, slots=True)
class NewOpeningPage:
    form: OpeningForm
    on: date


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """A balance, what was taken back of it, and the form that takes it back."""

    opening: OpeningBalance
    reversal: OpeningBalance | None
    sum: str
    form: ReversalForm
    events: Sequence[TimelineEvent]
    may_edit: bool


def _address(request: OfficeRequest) -> tuple[Address, str]:
    """The address of the list, and the kind it asks for; what makes no sense is left out."""
    address = OPENINGS.address(request, OpeningFilters(request.GET))
    return address, address.filters.get("kind", "")


@require_GET
@needs(Permission.FINANCE_VIEW)
def opening_list(request: OfficeRequest) -> HttpResponse:
    address, kind = _address(request)
    rows = queries.openings(request.actor, search=address.search, kind=kind)
    shown = OPENINGS.shown(
        address,
        OPENINGS.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, OPENINGS),
    )
    context = OpeningListPage(
        list=shown,
        sums=queries.sums(),
        on=_first_day(request),
        home=request.reseller.currency,
        may_edit=request.actor.can(Permission.FINANCE_EDIT),
        tabs=books_tabs("opening-list"),
    )
    return page(request, "finance/openings.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def opening_export(request: OfficeRequest) -> HttpResponseBase:
    address, kind = _address(request)
    rows = queries.openings(request.actor, search=address.search, kind=kind)
    return OPENINGS.file(address, OPENINGS.everything(address, rows))


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def opening_add(request: OfficeRequest) -> HttpResponse:
    """Book a balance on the day the books begin."""
    chosen = request.POST.get("company") or request.GET.get("company")
    form = OpeningForm(
        posted(request),
        home=request.reseller.currency,
        clients=client_choices(in_force=uuid_of(chosen)),
        firms=firm_choices(),
        initial={"company": chosen, "currency": request.reseller.currency},
    )
    if form.is_valid():
        try:
            row = opening.enter(
                balance=form.balance(lambda key: company_for(request.actor, key)),
                once=form.cleaned_data["once"],
                by=request.actor,
                at=clock.now(),
                sure=form.answers,
            )
        except CannotOpen as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = gettext("The balance is booked: %(sum)s.")
            messages.success(request, text % {"sum": money(row.amount, row.currency)})
            return go(request, links.opening(row.pk))
    context = NewOpeningPage(form, _first_day(request))
    status = 422 if form.is_bound else 200
    return page(request, "finance/opening_new.html", context, status=status)


@require_GET
@needs(Permission.FINANCE_VIEW)
def opening_card(request: OfficeRequest, opening_id: UUID) -> HttpResponse:
    """Show a balance."""
    return _card(request, queries.opening_for(request.actor, opening_id))


@require_POST
@needs(Permission.FINANCE_EDIT)
@asks_again
def opening_back(request: OfficeRequest, opening_id: UUID) -> HttpResponse:
    """Take a balance back that was entered by mistake."""
    row = queries.opening_for(request.actor, opening_id)
    form = ReversalForm(request.POST)
    if not form.is_valid():
        return _card(request, row, form)
    try:
        back = opening.take_back(
            opening=row,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
    except CannotOpen as refused:
        form.add_error("reason", str(refused))
        return _card(request, row, form)
    text = gettext("%(sum)s are taken back.")
    messages.success(request, text % {"sum": money(back.amount, back.currency)})
    return go(request, links.opening(row.pk))


def _first_day(request: OfficeRequest) -> date:
    return beginning.first_day(request.reseller, months.today_of(request))


def _card(
    request: OfficeRequest, row: OpeningBalance, form: ReversalForm | None = None
) -> HttpResponse:
    reversal = OpeningBalance.objects.filter(reverses=row).first()
    is_open = reversal is None and not row.reverses_id
    context = OpeningPage(
        opening=row,
        reversal=reversal,
        sum=amount(row),
        form=form or ReversalForm(),
        events=audit_log.history(row.subject),
        may_edit=is_open and request.actor.can(Permission.FINANCE_EDIT),
    )
    return page(request, "finance/opening.html", context, status=422 if form else 200)
