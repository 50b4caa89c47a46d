"""Payment calendar, profit and loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from finance import links, queries
from finance.queries import Due, MonthResult
from finance.queries.pnl import added_up
from finance.views.tabs import books_tabs
from tenants.kit import months
from tenants.kit.calendar import last_of, months_until
from tenants.kit.formats import number
from tenants.kit.months import MonthSwitch
from tenants.kit.pieces import CalendarDay, CalendarSum, Chart, Series, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

YEAR = 12
WEEK = 7


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What falls due on each day of a month, in whole weeks."""

    weeks: list[list[CalendarDay]]
    weekdays: list[str]
    home: str
    month: MonthSwitch
    tabs: list[Tab]


@dataclass(frozen=True, slots=True)
class PnlLine:
    """The result of a month, in the reseller's currency or in the one agreed."""

    label: str
    result: MonthResult


@dataclass(frozen=True, slots=True)
class PnlPage:
    """Twelve months of profit and loss: the table and the chart are the same numbers."""

    rows: list[PnlLine]
    others: list[PnlLine]
    total: MonthResult
    chart: Chart
    home: str
    tabs: list[Tab]
    month: MonthSwitch


def _floats(
    sums: Iterable[Decimal],
) -> list[float]:
    """Sums as a chart takes them."""
    return [float(amount) for amount in sums]


@require_GET
@needs(Permission.FINANCE_VIEW)
def calendar(request: OfficeRequest) -> HttpResponse:
    """Show what falls due on each day of a month."""
    month = months.month_asked(request)
    today = months.today_of(request)
    end = last_of(month)
    first = month - timedelta(days=month.weekday())
    last = end + timedelta(days=WEEK - 1 - end.weekday())
    due = queries.due_between(first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cells = [_cell(day, month, today, due.get(day)) for day in days]
    context = CalendarPage(
        weeks=[cells[n : n + WEEK] for n in range(0, len(cells), WEEK)],
        weekdays=[str(WEEKDAYS_ABBR[n]) for n in range(WEEK)],
        home=request.reseller.currency,
        month=months.month_switch(reverse("finance:calendar"), month),
        tabs=books_tabs("calendar"),
    )
    return page(request, "finance/calendar.html", context)


def _cell(day: date, month: date, today: date, due: Due | None) -> CalendarDay:
    """A day of the calendar with its sums."""
    sums = []
    if due and due.incoming:
        incoming = f"+{number(due.incoming, 2)}"
        sums.append(CalendarSum(incoming, "good", links.invoices(view="open")))
    if due and due.outgoing:
        outgoing = f"−{number(due.outgoing, 2)}"
        sums.append(CalendarSum(outgoing, "bad", links.payables()))
    return CalendarDay(
        day=day.day,
        sums=sums,
        today=day == today,
        other=day.month != month.month,
    )


@require_GET
@needs(Permission.FINANCE_VIEW)
def pnl(request: OfficeRequest) -> HttpResponse:
    """Show twelve months of profit and loss."""
    home = request.reseller.currency
    month = months.month_asked(request)
    year = months_until(month, YEAR)
    results = queries.pnl(year, home)
    rows = results.at_home
    context = PnlPage(
        rows=[_line(row) for row in rows],
        others=[_line(row) for row in results.others],
        total=_total(rows, home, month),
        chart=_chart(rows, home),
        home=home,
        tabs=books_tabs("pnl"),
        month=months.month_switch(reverse("finance:pnl"), month),
    )
    return page(request, "finance/pnl.html", context)


def _line(result: MonthResult) -> PnlLine:
    """A month under its name."""
    return PnlLine(months.month_label(result.month), result)


def _total(
    rows: list[MonthResult],
    home: str,
    month: date,
) -> MonthResult:
    """The year under the table."""
    return MonthResult(month=month, currency=home, **added_up(rows))


def _chart(
    rows: list[MonthResult],
    home: str,
) -> Chart:
    bars = [
        Series(
            _("Revenue"),
            _floats(row.revenue for row in rows),
            1,
        ),
        Series(pgettext("ledger", "Carriers"), _floats(row.cost for row in rows), 5),
        Series(
            _("Platform commission"),
            _floats(row.fee for row in rows),
            3,
        ),
        Series(_("Other expenses"), _floats(row.expenses for row in rows), "warn"),
        Series(
            _("Exchange differences"),
            _floats(row.exchange for row in rows),
            4,
        ),
        Series(
            _("Bad debts"),
            _floats(row.bad_debts for row in rows),
            "bad",
        ),
        Series(_("Profit"), _floats(row.profit for row in rows), 2),
    ]
    return Chart([f"{row.month:%m.%y}" for row in rows], bars, home)
