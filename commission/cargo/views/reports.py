"""Month summary and statements, recalculation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo import links, locks
from commission.cargo.forms.months import RecalculateForm
from commission.cargo.queries import report
from commission.cargo.queries.report import Line, Summary, Totals
from commission.cargo.rates import recalculate
from commission.cargo.reports import exports, papers
from commission.cargo.views.people import salesperson_for
from commission.cargo.views.rates import MonthChangeRow, month_changes
from commission.cargo.views.shipment_months import shipment_months
from tenants.kit import clock, months
from tenants.kit.months import MonthSwitch
from tenants.kit.shown import FIELD, ChangedMeanwhile
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A month by salesperson and by customer."""

    summary: Summary
    month: MonthSwitch
    currency: str
    is_locked: bool
    export_url: str


@dataclass(frozen=True, slots=True)
class RecalculationPage:
    """The period that is asked for; `changes` is None until it is known."""

    form: RecalculateForm
    changes: list[MonthChangeRow] | None
    currency: str
    shown: str = ""


@require_GET
@needs(Permission.CARGO_REPORT)
def report_month(request: OfficeRequest) -> HttpResponseBase:
    month = months.month_asked(request)
    summary = report.summary(request.actor, month)
    if (kind := request.GET.get("format", "")) in exports.KINDS:
        return exports.summary(summary, reseller=request.reseller, kind=kind)
    context = ReportPage(
        summary=summary,
        month=months.month_switch(
            links.report(), month, shipment_months(request.actor, f"{month:%Y-%m}")
        ),
        currency=request.reseller.currency,
        is_locked=locks.is_locked(month),
        export_url=links.report(f"{month:%Y-%m}"),
    )
    return page(request, "cargo/report.html", context)


@require_GET
@needs(Permission.CARGO_REPORT)
def statement(
    request: OfficeRequest,
    month: str,
    salesperson_id: UUID,
) -> HttpResponse:
    """A salesperson's month as a paper."""
    first = months.month_of(month)
    salesperson = salesperson_for(salesperson_id)
    lines = report.statement(request.actor, first, salesperson.pk)
    total = sum((line.totals for line in lines), Totals())
    return papers.statement(
        Line(salesperson.pk, salesperson.code, salesperson.name, total),
        lines,
        month=first,
        reseller=request.reseller,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def recalculation(request: OfficeRequest) -> HttpResponse:
    """A period: what would change, then the act."""
    form = RecalculateForm(posted(request))
    if not form.is_valid():
        context = RecalculationPage(form, None, request.reseller.currency)
        status = 422 if form.errors else 200
        return page(request, "cargo/recalculate.html", context, status=status)
    if "sure" not in request.POST:
        return _changes(request, form)
    try:
        return _recalculate(request, form)
    except ChangedMeanwhile as changed:
        messages.error(request, str(changed))
        return _changes(request, form, status=409)


def _changes(request: OfficeRequest, form: RecalculateForm, *, status: int = 200) -> HttpResponse:
    """What would change in the period, as it stands now."""
    first = form.cleaned_data["first"]
    last = form.cleaned_data["last"]
    changes = recalculate.preview(first=first, last=last, by=request.actor)
    context = RecalculationPage(
        form=form,
        changes=month_changes(changes),
        currency=request.reseller.currency,
        shown=recalculate.mark_of(first, last, changes),
    )
    return page(request, "cargo/recalculate.html", context, status=status)


def _recalculate(
    request: OfficeRequest,
    form: RecalculateForm,
) -> HttpResponse:
    changed = recalculate.recalculate(
        **form.cleaned_data,
        by=request.actor,
        at=clock.now(),
        shown=request.POST.get(FIELD, ""),
    )
    notice = ngettext(
        "%(count)s shipment changed.",
        "%(count)s shipments changed.",
        changed,
    )
    messages.success(request, notice % {"count": f"{changed:,}"})
    return go(request, links.recalculation())
