"""Month summary and statements, recalculation, closing a month, corrections and payments; the audit
trail.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import locks
from commission.cargo.forms.months import (
    AdjustForm,
    PayForm,
    RecalculateForm,
)
from commission.cargo.models import (
    CommissionPayment,
    MonthLock,
    Shipment,
)
from commission.cargo.months import checklist, closing
from commission.cargo.queries import report, shipment_for
from commission.cargo.queries.report import Line, Totals
from commission.cargo.rates import recalculate
from commission.cargo.reports import exports, papers
from commission.cargo.views.people import salesperson_for
from tenants.kit import clock, formats, months
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@require_GET
@needs(Permission.CARGO_REPORT)
def report_month(request: OfficeRequest) -> HttpResponse:
    month = months.month_asked(request)
    found = report.summary(request.actor, month)
    if (kind := request.GET.get("format", "")) in exports.KINDS:
        return exports.summary(found, reseller=request.reseller, kind=kind)
    url = reverse("cargo:report-month")
    context = {
        "found": found,
        "month": months.month_switch(url, month),
        "currency": request.reseller.currency,
        "is_locked": locks.is_locked(month),
        "export_url": f"{url}?month={month:%Y-%m}",
    }
    return page(request, "cargo/report.html", context)


@require_GET
@needs(Permission.CARGO_REPORT)
def statement(request: OfficeRequest, month: str, salesperson_id: UUID) -> HttpResponse:
    """A salesperson's month as a paper."""
    first = months.month_of(month)
    who = salesperson_for(salesperson_id)
    lines = report.statement(request.actor, first, who.pk)
    total = sum((line.totals for line in lines), Totals())
    return papers.statement(
        Line(who.pk, who.code, who.name, total),
        lines,
        month=first,
        reseller=request.reseller,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def recalculation(request: OfficeRequest) -> HttpResponse:
    """A period: what would change, then the act."""
    form = RecalculateForm(posted(request))
    changes = None
    if form.is_valid():
        first, last, reason = (form.cleaned_data[name] for name in ("first", "last", "reason"))
        if "sure" in request.POST:
            changed = recalculate.recalculate(
                first=first,
                last=last,
                reason=reason,
                by=request.actor,
                at=clock.now(),
            )
            said = ngettext(
                "%(count)s shipment changed.",
                "%(count)s shipments changed.",
                changed,
            )
            messages.success(request, said % {"count": f"{changed:,}"})
            return go(request, reverse("cargo:recalculate"))
        changes = [
            {"change": one, "label": months.month_label(one.month)}
            for one in recalculate.preview(first=first, last=last, by=request.actor)
        ]
    context = {
        "form": form,
        "changes": changes,
        "currency": request.reseller.currency,
    }
    return page(
        request,
        "cargo/recalculate.html",
        context,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def month_close(request: OfficeRequest, month: str) -> HttpResponse:
    """What stands open in a month, what was paid out of it; then the lock."""
    first = months.month_of(month)
    if request.method == "POST":
        try:
            closing.lock(month=first, by=request.actor, at=clock.now())
        except closing.AlreadyLocked:
            messages.error(request, _("This month is closed."))
        except closing.NotOver:
            messages.error(request, _("The month is not over yet."))
        else:
            messages.success(
                request,
                _("%(month)s is closed.") % {"month": months.month_label(first)},
            )
        return go(request, reverse("cargo:month-close", args=[month]))
    return _close_page(request, first)


def _close_page(
    request: OfficeRequest,
    first: date,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    found = checklist.checklist(request.actor, first)
    lock = MonthLock.objects.filter(month=first).first()
    context: dict[str, Any] = {
        "check": found,
        "label": months.month_label(first),
        "value": f"{first:%Y-%m}",
        "lock": lock,
        "currency": request.reseller.currency,
        "is_over": first < months.today_of(request).replace(day=1),
        "wrong": None,
        "today": formats.slashed(months.today_of(request)),
        "month": months.month_switch(reverse("cargo:report-month"), first),
        "payments": list(
            CommissionPayment.objects.filter(month=first)
            .select_related("salesperson")
            .order_by("-paid_on")
        ),
    }
    return page(request, "cargo/month_close.html", context | more, status=status)


@require_POST
@needs(Permission.CARGO_MANAGE)
def commission_pay(request: OfficeRequest, month: str, salesperson_id: UUID) -> HttpResponse:
    first = months.month_of(month)
    who = salesperson_for(salesperson_id)
    form = PayForm(request.POST)
    if not form.is_valid():
        return _close_page(request, first, wrong=form, status=422)
    closing.pay(
        salesperson=who,
        month=first,
        **form.cleaned_data,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The payment is noted."))
    return go(request, reverse("cargo:month-close", args=[month]))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def adjustment_new(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    """Correct the money of a shipment whose month is closed."""
    row: Shipment = shipment_for(request.actor, shipment_id)
    was = closing.effective(row)
    form = AdjustForm(posted(request), initial={"price": was.price, "cost": was.cost})
    if not locks.is_locked(row.received_on):
        raise Http404
    if form.is_valid():
        closing.adjust(
            shipment=row,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("The adjustment counts in the running month."))
        return go(request, reverse("cargo:shipment-card", args=[row.pk]))
    context = {
        "form": form,
        "shipment": row,
        "was": was,
        "currency": request.reseller.currency,
    }
    return page(
        request,
        "cargo/adjustment.html",
        context,
        status=422 if form.is_bound else 200,
    )
