"""The first page of the office: figures that lead to the lists they count."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from companies.first_steps import first_steps
from companies.models import Company
from finance.queries import dashboard as money
from finance.queries import fee
from finance.views.fee import meter_of
from orders.queries.dashboard import active_points, by_stage
from tenants.drivers import queries as pool
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, needs, page, public
from tenants.permissions import Kind, Permission


@public("sends everyone to their own first page; the office's asks for DASHBOARD")
def dashboard(request: OfficeRequest) -> HttpResponseBase:
    who = request.actor
    if who is None:
        return redirect("/login/")
    if who.kind is not Kind.OFFICE:
        return redirect(who.home)
    return office(request)


@needs(Permission.DASHBOARD)
def office(request: OfficeRequest) -> HttpResponse:
    now = clock.now()
    today = request.reseller.day(now)
    steps = first_steps()
    figures = money.figures(today=today) if request.actor.can(Permission.FINANCE_VIEW) else None
    fee_month = fee.meter(today.replace(day=1), request.reseller) if figures else None
    counts = dict(Company.objects.filter(status="active").values_list("kind").annotate(Count("id")))
    context: dict[str, Any] = {
        "steps": [] if all(step.done for step in steps) else steps,
        "stages": by_stage(),
        "money": figures,
        "chart": _chart(figures, request.reseller.currency) if figures else None,
        "fee_month": fee_month,
        "meter": meter_of(fee_month) if fee_month else None,
        "clients": counts.get("client", 0),
        "partners": counts.get("partner", 0),
        "fleet": pool.counts(own=True),
        "points": {
            "points": active_points(at=now),
            "lines": [],
        },
    }
    return page(request, "dashboard/office.html", context)


def _chart(figures: money.Figures, currency: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "labels": [_month(month) for month in figures.months],
        "currency": currency,
        "datasets": [
            {
                "label": _("Receipts"),
                "data": [str(value) for value in figures.receipts.series],
                "tone": 1,
            },
            {
                "label": _("Payouts"),
                "data": [str(value) for value in figures.payouts.series],
                "tone": 3,
            },
        ],
    }


def _month(month: date) -> str:
    return f"{month:%m.%Y}"
