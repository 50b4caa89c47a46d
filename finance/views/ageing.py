"""Who owes how much for how long, both ways, on any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from finance import queries
from finance.queries.ageing import Ageing, Debtor, OfCurrency, Side
from finance.reports.period import DayForm
from finance.views.tabs import books_tabs
from tenants.kit import later, months, tables
from tenants.kit.listing_parts import Pager
from tenants.kit.pieces import Chart, Series, Tab
from tenants.kit.tables import Rows
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

DEBTORS = 50  # a page of one side


@dataclass(frozen=True, slots=True)
class AgeingSide:
    """One side of the debts, a page of it; each client leads to its open invoices. What was agreed
    in other currencies stands below, in them.
    """

    title: str
    side: Side
    rows: Sequence[Debtor]
    currencies: Sequence[OfCurrency]
    pager: Pager
    leads_to_invoices: bool


@dataclass(frozen=True, slots=True)
class AgeingPage:
    """Debts both ways by days overdue."""

    form: DayForm
    ageing: Ageing
    sides: list[AgeingSide]
    labels: list[str]
    chart: Chart
    home: str
    export_url: str
    tabs: list[Tab]


@require_GET
@needs(Permission.FINANCE_VIEW)
def ageing_page(request: OfficeRequest) -> HttpResponseBase:
    """Show the debts of a day, by default of today; `format` asks for them as a file."""
    form = DayForm(request.GET.dict(), usual=months.today_of(request))
    debts = queries.ageing(on=form.day)
    home = request.reseller.currency
    if kind := request.GET.get("format"):
        return _file(debts, home, kind)
    labels = _labels()
    context = AgeingPage(
        form=form,
        ageing=debts,
        sides=[
            _side(request, "clients", _("Clients owe"), debts.receivable),
            _side(request, "carriers", _("Owed to carriers"), debts.payable),
        ],
        labels=labels,
        chart=_chart(debts, labels, home),
        home=home,
        export_url=f"{reverse('finance:ageing')}?on={form.day}",
        tabs=books_tabs("ageing"),
    )
    return page(request, "finance/ageing.html", context)


def _labels() -> list[str]:
    """The buckets in words."""
    return [
        _("Not due yet"),
        _("1–30 days"),
        _("31–60 days"),
        _("61–90 days"),
        _("Over 90 days"),
    ]


def _chart(debts: Ageing, labels: list[str], home: str) -> Chart:
    owed = [float(amount) for amount in debts.receivable.buckets]
    owing = [float(amount) for amount in debts.payable.buckets]
    bars = [
        Series(_("Clients owe"), owed, 1),
        Series(_("Owed to carriers"), owing, 5),
    ]
    return Chart(labels, bars, home)


def _side(request: OfficeRequest, name: str, title: str, side: Side) -> AgeingSide:
    """The page of one side that the address asks for; the other side's page stays."""
    debtors = Paginator(side.rows, DEBTORS).get_page(request.GET.get(name))
    currencies = side.currencies
    is_home_alone = {one.currency for one in currencies} <= {request.reseller.currency}

    def link(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"{request.path}?{query.urlencode()}"

    return AgeingSide(
        title=title,
        side=side,
        rows=list(debtors.object_list),
        currencies=() if is_home_alone else currencies,
        pager=Pager(
            previous=link(debtors.number - 1) if debtors.has_previous() else "",
            next=link(debtors.number + 1) if debtors.has_next() else "",
        ),
        leads_to_invoices=name == "clients",
    )


def _file(debts: Ageing, home: str, kind: str) -> HttpResponseBase:
    """Each company's debts in their currencies, and what they are worth at home. Raises LongWork."""
    headings = [
        _("Debts"),
        _("Company"),
        _("Currency"),
        *_labels(),
        _("In all"),
        f"{_('In all')}, {home}",
    ]
    return tables.table(
        name=f"ageing-{debts.on}",
        headings=headings,
        rows=later.rows_of(_rows(debts)),
        kind=kind,
    )


def _rows(debts: Ageing) -> Rows:
    sides = ((_("Clients owe"), debts.receivable), (_("Owed to carriers"), debts.payable))
    for title, side in sides:
        for row in side.by_currency:
            yield title, row.name, row.currency, *row.buckets, row.total, row.home
        for row in side.currencies:
            yield title, _("In all"), row.currency, *row.buckets, row.total, row.home
