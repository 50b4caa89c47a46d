"""The control room (C-9), and the way there for a shop that has just begun (C-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from commission.cargo import links
from commission.cargo.access import is_salesperson, manages, may_edit
from commission.cargo.models import Shipment
from commission.cargo.queries import dashboard as queries
from commission.cargo.queries import own_salesperson
from commission.cargo.queries.dashboard import Count, FirstSteps, ToCheck
from commission.cargo.queries.report import Totals
from commission.cargo.shipments import parcels
from commission.cargo.words import Hint, hints_of, status_pill
from tenants.actor import Actor
from tenants.kit import formats, months
from tenants.kit.pieces import Chart, Series
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission
from tenants.platform.domains import own_url

MonthTotals = tuple[date, Totals]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps; no address for those who may not take it."""

    label: str
    done: bool
    url: str
    action_label: str


@dataclass(frozen=True, slots=True)
class Sparks:
    """Six months of each figure, for the small curves."""

    commission: list[float]
    cost: list[float]
    sales: list[float]


@dataclass(frozen=True, slots=True)
class RowToCheck:
    """A shipment that somebody should look at, and why."""

    shipment: Shipment
    day: str
    pill: SafeString
    hints: list[Hint]


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """The control room: this month, six months, what to check; `lookup` is the public address."""

    now: Totals
    all: Count
    month: str
    month_value: str
    currency: str
    chart: Chart
    check: ToCheck
    worst: list[RowToCheck]
    steps: list[Step]
    untied: bool
    spark: Sparks
    lookup: str


@require_GET
@needs(Permission.CARGO_VIEW)
def dashboard(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    month = months.today_of(request).replace(day=1)
    currency = request.reseller.currency
    six = queries.six_months(actor, month)
    steps = queries.first_steps()
    lookup = links.parcel_lookup(parcels.token_of(request.reseller))
    context = DashboardPage(
        now=six[-1][1],
        all=queries.count_all(actor),
        month=months.month_label(month),
        month_value=f"{month:%Y-%m}",
        currency=currency,
        chart=chart(six, currency),
        check=queries.to_check(actor, month),
        worst=[_row(row, actor) for row in queries.worst(actor, month)],
        steps=[] if steps.done or is_salesperson(actor) else first_steps(steps, actor),
        untied=is_salesperson(actor) and own_salesperson(actor) is None,
        spark=Sparks(
            commission=_line(six, "commission"),
            cost=_line(six, "cost"),
            sales=_line(six, "sales"),
        ),
        lookup=own_url(lookup),
    )
    return page(request, "cargo/dashboard.html", context)


def chart(six: Sequence[MonthTotals], currency: str) -> Chart:
    """Sales and cost as bars, commission as a line."""
    return Chart(
        labels=[months.month_label(month) for month, _totals in six],
        currency=currency,
        datasets=[
            Series(_("Sales"), _line(six, "sales"), tone=1),
            Series(_("Cost"), _line(six, "cost"), tone=3),
            Series(
                _("Commission"),
                _line(six, "commission"),
                tone="good",
                type="line",
            ),
        ],
    )


def _line(
    six: Sequence[MonthTotals],
    name: str,
) -> list[float]:
    return [float(getattr(totals, name)) for _month, totals in six]


def first_steps(steps: FirstSteps, actor: Actor) -> list[Step]:
    """In the seed's order: a card, a salesperson, customers, shipments."""
    cards = links.rate_cards() if manages(actor) else ""
    salespeople = links.salespeople() if manages(actor) else ""
    shipment = links.shipment_new() if may_edit(actor) else ""
    return [
        Step(
            _("Set a rate card and activate it"),
            steps.has_card,
            cards,
            _("Rate cards"),
        ),
        Step(
            _("Add a salesperson"),
            steps.has_salesperson,
            salespeople,
            _("Salespeople"),
        ),
        Step(
            _("Give customers to the salesperson"),
            steps.has_customers,
            salespeople,
            _("Salespeople"),
        ),
        Step(
            _("Add shipments"),
            steps.has_shipment,
            shipment,
            _("Add a shipment"),
        ),
    ]


def _row(row: Shipment, actor: Actor) -> RowToCheck:
    return RowToCheck(
        shipment=row,
        day=formats.day(row.received_on),
        pill=status_pill(row.status, row.commission_method),
        hints=hints_of(row, manages=manages(actor), enters=may_edit(actor)),
    )
