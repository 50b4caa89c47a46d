"""The first page of the office: figures that lead to the lists they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from companies import queries as company_queries
from companies.first_steps import Step, first_steps
from companies.queries import CompanyFilter
from finance.queries import Meter, fee
from finance.queries import dashboard as money
from finance.views.fee import meter_of
from orders.queries.dashboard import StageCount, active_points, by_stage
from tenants.kit import clock
from tenants.kit.listing_parts import counted
from tenants.kit.pieces import Chart, LadderMeter, MapShapes, Series
from tenants.kit.web import OfficeRequest, needs, page, public
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """Figures of the office; money, chart and ladder are None for those who may not see the books."""

    steps: list[Step]
    stages: list[StageCount]
    money: money.Figures | None
    chart: Chart | None
    fee_month: Meter | None
    meter: LadderMeter | None
    clients: str
    partners: str
    points: MapShapes


@public("sends everyone to their own first page; the office's asks for DASHBOARD")
def dashboard(request: OfficeRequest) -> HttpResponseBase:
    who = request.actor
    if who is None:
        return redirect(settings.LOGIN_URL)
    if who.home != request.path:
        return redirect(who.home)
    return office(request)


@needs(Permission.DASHBOARD)
def office(request: OfficeRequest) -> HttpResponse:
    now = clock.now()
    today = request.reseller.day(now)
    steps = first_steps()
    figures = money.figures(today=today) if request.actor.can(Permission.FINANCE_VIEW) else None
    fee_month = fee.meter(today.replace(day=1), request.reseller) if figures else None
    companies = company_queries.counts(CompanyFilter())
    context = DashboardPage(
        steps=[] if all(step.done for step in steps) else steps,
        stages=by_stage(),
        money=figures,
        chart=_chart(figures, request.reseller.currency) if figures else None,
        fee_month=fee_month,
        meter=meter_of(fee_month) if fee_month else None,
        clients=counted(companies["client"]),
        partners=counted(companies["partner"]),
        points=MapShapes(active_points(at=now)),
    )
    return page(request, "dashboard/office.html", context)


def _chart(figures: money.Figures, currency: str) -> Chart:
    bars = [
        Series(_("Receipts"), [float(value) for value in figures.receipts.series], 1),
        Series(_("Payouts"), [float(value) for value in figures.payouts.series], 3),
    ]
    return Chart([_month(month) for month in figures.months], bars, currency)


def _month(month: date) -> str:
    return f"{month:%m.%Y}"
