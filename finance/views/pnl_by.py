"""Profit and loss of a period by client, direction, order or manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from companies import links as companies
from finance.queries.pnl_by import CLIENT, ORDER, SLICES, Part, pnl_by, total_of
from finance.reports.period import PeriodForm, month_of
from finance.views.tabs import books_tabs
from orders import links as orders
from tenants.kit import later, months, tables
from tenants.kit.listing_parts import Pager
from tenants.kit.pieces import Chart, Series, Tab
from tenants.kit.tables import Rows
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

ROWS = 50  # of a page
BARS = 10  # of the chart, without the one of all others


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of the table; `url` is empty where there is nothing to lead to."""

    part: Part
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PnlByPage:
    """The parts of a period's profit, a page of them, and the sum of all."""

    form: PnlByForm
    title: str
    rows: list[PartRow]
    total: Part
    pager: Pager
    chart: Chart
    home: str
    export_url: str
    tabs: list[Tab]


class PnlByForm(PeriodForm):
    """The period, and by what it is divided."""

    by = forms.ChoiceField(
        label=gettext_lazy("By"),
        choices=list(SLICES.items()),
        required=False,
    )

    @property
    def chosen(self) -> str:
        """What the address names, else clients."""
        self.is_valid()
        return str(self.cleaned_data.get("by") or CLIENT)


@require_GET
@needs(Permission.FINANCE_VIEW)
def pnl_by_page(request: OfficeRequest) -> HttpResponseBase:
    """Show the parts; `format` asks for all of them as a file."""
    query = {"by": CLIENT} | request.GET.dict()
    form = PnlByForm(query, usual=month_of(months.today_of(request)))
    by = form.chosen
    period = form.period
    parts = pnl_by(by, first=period.first, last=period.last)
    home = request.reseller.currency
    if kind := request.GET.get("format"):
        return tables.table(
            name=f"pnl-{by}-{period.name}",
            headings=[str(SLICES[by]), *(f"{label}, {home}" for label in _columns())],
            rows=later.rows_of(_rows(parts)),
            kind=kind,
        )
    cut = Paginator(parts, ROWS).get_page(request.GET.get("page"))
    address = QueryDict(mutable=True)
    address.update({"by": by} | period.query)
    url = f"{reverse('finance:pnl-by')}?{address.urlencode()}"
    context = PnlByPage(
        form=form,
        title=str(SLICES[by]),
        rows=[_row(part, by) for part in cut.object_list],
        total=total_of(parts),
        pager=Pager(
            previous=f"{url}&page={cut.number - 1}" if cut.has_previous() else "",
            next=f"{url}&page={cut.number + 1}" if cut.has_next() else "",
        ),
        chart=_chart(parts, home),
        home=home,
        export_url=url,
        tabs=books_tabs("pnl"),
    )
    return page(request, "finance/pnl_by.html", context)


def _columns() -> list[str]:
    return [
        _("Revenue"),
        pgettext("ledger", "Carriers"),
        _("Platform commission"),
        _("Other expenses"),
        _("Exchange differences"),
        _("Bad debts"),
        _("Profit"),
    ]


def _name(part: Part) -> str:
    """What belongs to no order says so; an order may lack a client, a manager or places."""
    if not part.is_of_order:
        return _("Of no order")
    return part.name or _("not named")


def _row(part: Part, by: str) -> PartRow:
    url = ""
    if by == CLIENT and part.key:
        url = companies.company(UUID(part.key))
    if by == ORDER and part.name:
        url = orders.order(part.name)
    return PartRow(part, _name(part), url)


def _rows(parts: Sequence[Part]) -> Rows:
    for part in parts:
        yield _name(part), *part.sums
    yield _("In all"), *total_of(parts).sums


def _chart(parts: Sequence[Part], home: str) -> Chart:
    """The profit of the first rows of the table, and of all the others in one bar."""
    first = parts[:BARS]
    labels = [_name(part) for part in first]
    profits = [float(part.profit) for part in first]
    if others := parts[BARS:]:
        labels.append(_("All others"))
        profits.append(float(total_of(others).profit))
    return Chart(labels, [Series(_("Profit"), profits, 2)], home)
