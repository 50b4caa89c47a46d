"""Ageing, payment calendar, profit and loss."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from finance import queries
from finance.queries import Due, MonthResult
from finance.views.tabs import books_tabs
from tenants.kit import months
from tenants.kit.calendar import last_of, months_until
from tenants.kit.formats import number
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

YEAR = 12


@require_GET
@needs(Permission.FINANCE_VIEW)
def ageing(request: OfficeRequest) -> HttpResponse:
    found = queries.ageing(on=months.today_of(request))
    labels = [
        _("Not due yet"),
        _("1–30 days"),
        _("31–60 days"),
        _("61–90 days"),
        _("Over 90 days"),
    ]
    sides = [
        {
            "title": _("Clients owe"),
            "side": found.receivable,
            "link": reverse("finance:invoice-list"),
        },
        {
            "title": _("Owed to carriers"),
            "side": found.payable,
            "link": "",
        },
    ]
    chart = {
        "type": "bar",
        "labels": labels,
        "currency": request.reseller.currency,
        "datasets": [
            {
                "label": _("Clients owe"),
                "data": [float(sum_) for sum_ in found.receivable.buckets],
                "tone": 1,
            },
            {
                "label": _("Owed to carriers"),
                "data": [float(sum_) for sum_ in found.payable.buckets],
                "tone": 5,
            },
        ],
    }
    context = {
        "ageing": found,
        "sides": sides,
        "labels": labels,
        "chart": chart,
        "home": request.reseller.currency,
        "tabs": books_tabs("ageing"),
    }
    return page(request, "finance/ageing.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def calendar(request: OfficeRequest) -> HttpResponse:
    month = months.month_asked(request)
    today = months.today_of(request)
    first = month - timedelta(days=month.weekday())
    last = last_of(month) + timedelta(days=6 - last_of(month).weekday())
    due = queries.due_between(first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cells = [_cell(day, month, today, due.get(day)) for day in days]
    context = {
        "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
        "weekdays": [str(WEEKDAYS_ABBR[n]) for n in range(7)],
        "home": request.reseller.currency,
        "month": months.month_switch(reverse("finance:calendar"), month),
        "tabs": books_tabs("calendar"),
    }
    return page(request, "finance/calendar.html", context)


def _cell(day: date, month: date, today: date, due: Due | None) -> dict[str, Any]:
    sums = []
    if due and due.incoming:
        href = f"{reverse('finance:invoice-list')}?view=open"
        sums.append(
            {
                "text": f"+{number(due.incoming, 2)}",
                "tone": "good",
                "href": href,
            }
        )
    if due and due.outgoing:
        sums.append(
            {
                "text": f"−{number(due.outgoing, 2)}",
                "tone": "bad",
                "href": reverse("finance:payable-list"),
            }
        )
    return {
        "day": day.day,
        "on": day,
        "sums": sums,
        "today": day == today,
        "other": day.month != month.month,
    }


@require_GET
@needs(Permission.FINANCE_VIEW)
def pnl(request: OfficeRequest) -> HttpResponse:
    """Twelve months: the table and the chart are the same numbers."""
    home = request.reseller.currency
    month = months.month_asked(request)
    year = months_until(month, YEAR)
    found = queries.pnl(year)
    own = {result.month: result for result in found if result.currency == home}
    rows = [own.get(each, MonthResult(each, home)) for each in year]
    context = {
        "rows": [{"label": months.month_label(row.month), "result": row} for row in rows],
        "others": [
            {"label": months.month_label(row.month), "result": row}
            for row in found
            if row.currency != home
        ],
        "total": _total(rows, home, month),
        "chart": _chart(rows, home),
        "home": home,
        "tabs": books_tabs("pnl"),
        "month": months.month_switch(reverse("finance:pnl"), month),
    }
    return page(request, "finance/pnl.html", context)


def _total(rows: list[MonthResult], home: str, month: date) -> MonthResult:
    sums = (
        sum(
            (getattr(row, name) for row in rows),
            start=rows[0].revenue * 0,
        )
        for name in ("revenue", "cost", "fee")
    )
    return MonthResult(month, home, *sums)


def _chart(rows: list[MonthResult], home: str) -> dict[str, Any]:
    named = [
        ("revenue", _("Revenue"), 1),
        ("cost", _("Carriers"), 5),
        ("fee", _("Platform commission"), 3),
        ("profit", _("Profit"), 2),
    ]
    return {
        "type": "bar",
        "labels": [f"{row.month:%m.%y}" for row in rows],
        "currency": home,
        "datasets": [
            {
                "label": label,
                "data": [float(getattr(row, name)) for row in rows],
                "tone": tone,
            }
            for name, label, tone in named
        ],
    }
