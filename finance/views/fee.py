"""The platform's commission of a month, and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
)

from commission.ladder import Fee, fee_of
from finance import queries
from finance.access import CLOSE_FEE
from finance.close import CannotClose, Check, checklist, close_fee_month
from finance.forms import CloseForm
from finance.queries import Meter, Statement
from finance.views.fee_terms import (
    ClosingExample,
    StatementLink,
    closing_example,
    latest_statements,
)
from finance.views.tabs import books_tabs
from tenants.kit import clock, months
from tenants.kit.calendar import NotAMonth, month_from
from tenants.kit.formats import number
from tenants.kit.pieces import LadderMeter, LadderStep, Tab
from tenants.kit.shown import FIELD, ChangedMeanwhile, mark
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

EXAMPLE = Decimal("100000.00")  # what the worked examples are paid


@dataclass(frozen=True, slots=True)
class FeePage:
    """The commission of a month; the ladder is shown while the month runs."""

    statement: Statement
    month: months.MonthSwitch
    tabs: list[Tab]
    meter: LadderMeter | None
    close_url: str
    may_close: bool


@dataclass(frozen=True, slots=True)
class TermsPiece:
    """Where the month stands on the ladder, and what `paid` costs on both sides of each bound."""

    meter: Meter
    shown: LadderMeter
    paid: Decimal
    home: str
    examples: list[tuple[int, Fee]]
    closing: ClosingExample | None
    statements: list[StatementLink]


@dataclass(frozen=True, slots=True)
class ClosePage:
    """The checklist before a month is closed, and what the month stands at."""

    form: CloseForm
    checks: list[Check]
    is_ready: bool
    month: str
    label: str
    statement: Statement
    shown: str


@require_GET
@needs(Permission.FINANCE_VIEW)
def fee(request: OfficeRequest) -> HttpResponse:
    month = months.month_asked(request)
    statement = queries.statement(month, request.reseller)
    running = month == months.today_of(request).replace(day=1)
    context = FeePage(
        statement=statement,
        month=months.month_switch(reverse("finance:fee"), month),
        tabs=books_tabs("fee"),
        meter=meter_of(queries.meter(month, request.reseller)) if running else None,
        close_url=reverse("finance:fee-close", args=[f"{month:%Y-%m}"]),
        may_close=request.actor.can(CLOSE_FEE) and not statement.is_closed and not running,
    )
    return page(request, "finance/fee.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def fee_meter(request: OfficeRequest) -> HttpResponse:
    """The piece under "My company": where the month stands on the ladder, and the rules with worked
    examples.
    """
    home = request.reseller
    month = months.today_of(request).replace(day=1)
    meter = queries.meter(month, home)
    bounds = [step.up_to for step in meter.ladder if step.up_to is not None]
    counts = [orders for bound in bounds for orders in (bound, bound + 1)]
    context = TermsPiece(
        meter=meter,
        shown=meter_of(meter),
        paid=EXAMPLE,
        home=home.currency,
        examples=[(orders, fee_of(meter.ladder, orders=orders, paid=EXAMPLE)) for orders in counts],
        closing=closing_example(meter.ladder, EXAMPLE),
        statements=latest_statements(month),
    )
    return page(request, "finance/_terms.html", context)


def meter_of(meter: Meter) -> LadderMeter:
    """The ladder as the kit's meter takes it, for this page and the dashboard."""
    lows = [
        0,
        *(step.up_to for step in meter.ladder if step.up_to is not None),
    ]
    steps = [
        LadderStep(
            label=f"{number(step.rate)} %",
            to=_("more") if step.up_to is None else _("to %(number)s") % {"number": step.up_to},
            state=_state(place, meter.step),
            part=_part(meter.orders, low, step.up_to) if place == meter.step else 0.0,
        )
        for place, (low, step) in enumerate(zip(lows, meter.ladder, strict=True))
    ]
    return LadderMeter(steps, ahead_text(meter))


def _state(
    place: int,
    current: int,
) -> Literal["done", "now", "next"]:
    if place == current:
        return "now"
    return "done" if place < current else "next"


def _part(orders: int, low: int, up_to: int | None) -> float:
    """How much of a step is used up, counted from its own lower bound; the last step is full."""
    return 1.0 if up_to is None else (orders - low) / (up_to - low)


def ahead_text(meter: Meter) -> str:
    """How far the next step is, in words."""
    ahead = meter.next_step
    if ahead is None:
        return _("This is the best step of the ladder.")
    sentence = ngettext(
        "One order more this month and the rate is %(rate)s %%.",
        "%(count)s orders more this month and the rate is %(rate)s %%.",
        ahead.orders,
    )
    return sentence % {"count": ahead.orders, "rate": number(ahead.rate)}


@require_http_methods(["GET", "POST"])
@needs(CLOSE_FEE)
def fee_close(request: OfficeRequest, month: str) -> HttpResponse:
    """The checklist, then the act. Nothing is closed by one press."""
    try:
        first = month_from(month)
    except NotAMonth as wrong:
        raise Http404 from wrong
    form = CloseForm(posted(request))
    now = clock.now()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            shown = request.POST.get(FIELD, "")
            close_fee_month(month=first, by=request.actor, at=now, shown=shown)
        except CannotClose as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile as changed:
            form.add_error(None, str(changed))
            status = 409
        else:
            messages.success(
                request,
                _("%(month)s is closed.") % {"month": months.month_label(first)},
            )
            return go(request, f"{reverse('finance:fee')}?month={month}")
    statement = queries.statement(first, request.reseller)
    checks = checklist(month=first, by=request.actor, at=now)
    context = ClosePage(
        form=form,
        checks=checks,
        is_ready=all(check.met for check in checks),
        month=month,
        label=months.month_label(first),
        statement=statement,
        shown=mark(*statement.facts),
    )
    return page(request, "finance/close.html", context, status=status)
