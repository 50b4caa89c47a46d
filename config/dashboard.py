"""The first page of the office: figures that lead to the lists they count."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.first_steps import first_steps
from companies.models import Company
from finance.queries import dashboard as money
from finance.queries import fee
from orders.queries.dashboard import active_points, by_stage
from tenants.drivers import queries as pool
from tenants.kit import clock, formats
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
    found = money.figures(today=today) if request.actor.can(Permission.FINANCE_VIEW) else None
    counts = dict(Company.objects.filter(status="active").values_list("kind").annotate(Count("id")))
    context: dict[str, Any] = {
        "steps": [] if all(step.done for step in steps) else steps,
        "stages": by_stage(),
        "money": found,
        "chart": _chart(found, request.reseller.currency) if found else None,
        "meter": _meter(fee.meter(today.replace(day=1), request.reseller)) if found else None,
        "clients": counts.get("client", 0),
        "partners": counts.get("partner", 0),
        "fleet": pool.counts(own=True),
        "points": {
            "points": active_points(at=now),
            "lines": [],
        },
    }
    return page(request, "dashboard/office.html", context)


def _chart(found: money.Figures, currency: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "labels": [_month(month) for month in found.months],
        "currency": currency,
        "datasets": [
            {
                "label": _("Receipts"),
                "data": [str(value) for value in found.receipts.series],
                "tone": 1,
            },
            {
                "label": _("Payouts"),
                "data": [str(value) for value in found.payouts.series],
                "tone": 3,
            },
        ],
    }


def _month(month: date) -> str:
    return f"{month:%m.%Y}"


def _meter(meter: fee.Meter) -> dict[str, Any]:
    """The ladder as steps with how far this month has come, and a sentence on what comes next."""
    steps = []
    for number, step in enumerate(meter.ladder):
        state = "done" if number < meter.step else "now" if number == meter.step else "next"
        limit = step.up_to
        part = (
            min(1.0, meter.orders / limit)
            if state == "now" and limit
            else 1.0
            if state == "now"
            else 0.0
        )
        label = f"{formats.number(step.rate)} %"
        steps.append(
            {
                "label": label,
                "to": _("up to %(n)s") % {"n": limit} if limit else _("more"),
                "state": state,
                "part": part,
            }
        )
    return {"steps": steps, "text": _ahead(meter), "meter": meter}


def _ahead(meter: fee.Meter) -> str:
    if meter.next_step is None:
        return _("You stand at the best step.")
    left = meter.next_step.orders
    words = ngettext(
        "%(n)s more completed order and the rate is %(rate)s %%.",
        "%(n)s more completed orders and the rate is %(rate)s %%.",
        left,
    )
    return words % {
        "n": left,
        "rate": formats.number(meter.next_step.rate),
    }
