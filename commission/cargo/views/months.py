"""Closing a month, paying commission out, correcting a shipment of a closed month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commission.cargo import links, locks
from commission.cargo.access import REOPEN
from commission.cargo.forms.months import AdjustForm, PayForm, ReopenForm
from commission.cargo.models import MonthLock, Shipment
from commission.cargo.months import checklist, closing
from commission.cargo.months.checklist import Checklist
from commission.cargo.months.closing import Effective
from commission.cargo.queries import shipment_for
from commission.cargo.views.people import salesperson_for
from tenants.kit import clock, formats, months
from tenants.kit.asked_again import asks_again
from tenants.kit.shown import FIELD, ChangedMeanwhile, mark
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class MonthClosePage:
    """What stands open in a month, what was paid out of it; `wrong` is a refused payment."""

    check: Checklist
    label: str
    value: str
    lock: MonthLock | None
    currency: str
    is_over: bool
    today: str
    wrong: PayForm | None
    shown: str
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class MonthReopenPage:
    """The question why a month is opened again."""

    form: ReopenForm
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class AdjustmentPage:
    """The form of a correction; `before` is the shipment's money with what was corrected so far."""

    form: AdjustForm
    shipment: Shipment
    before: Effective
    currency: str
    shown: str


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def month_close(request: OfficeRequest, month: str) -> HttpResponse:
    """What stands open in a month, what was paid out of it; then the lock."""
    first = months.month_of(month)
    if request.method == "POST":
        try:
            closing.lock(
                month=first,
                by=request.actor,
                at=clock.now(),
                shown=request.POST.get(FIELD, ""),
            )
        except ChangedMeanwhile as changed:
            return _changed(request, first, changed)
        except closing.AlreadyLocked:
            messages.error(request, _("This month is closed."))
        except closing.NotOver:
            messages.error(request, _("The month is not over yet."))
        else:
            messages.success(
                request,
                _("%(month)s is closed.") % {"month": months.month_label(first)},
            )
        return go(request, links.month_close(month))
    return _close_page(request, first)


def _changed(request: OfficeRequest, first: date, changed: ChangedMeanwhile) -> HttpResponse:
    """The page with the figures of now."""
    messages.error(request, str(changed))
    return _close_page(request, first, status=409)


def _close_page(
    request: OfficeRequest,
    first: date,
    *,
    wrong: PayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = months.today_of(request)
    check = checklist.checklist(request.actor, first)
    context = MonthClosePage(
        check=check,
        label=months.month_label(first),
        value=f"{first:%Y-%m}",
        lock=MonthLock.objects.filter(month=first).first(),
        currency=request.reseller.currency,
        is_over=first < today.replace(day=1),
        today=formats.slashed(today),
        wrong=wrong,
        shown=mark(*checklist.facts(check)),
        may_reopen=request.actor.can(REOPEN),
    )
    return page(request, "cargo/month_close.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(REOPEN)
def month_reopen(request: OfficeRequest, month: str) -> HttpResponse:
    """Ask why, then open the month again."""
    first = months.month_of(month)
    form = ReopenForm(posted(request))
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            closing.unlock(month=first, reason=reason, by=request.actor, at=clock.now())
        except closing.NotLocked:
            form.add_error(None, _("This month is not closed."))
        except closing.LaterLocked as refused:
            text = _("Open %(month)s again first.")
            form.add_error(None, text % {"month": formats.month(refused.month)})
        else:
            text = _("%(month)s is open again.")
            messages.success(request, text % {"month": months.month_label(first)})
            return go(request, links.month_close(month))
    context = MonthReopenPage(form, months.month_label(first), month)
    return page(request, "cargo/month_reopen.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.CARGO_MANAGE)
@asks_again
def commission_pay(request: OfficeRequest, month: str, salesperson_id: UUID) -> HttpResponse:
    first = months.month_of(month)
    salesperson = salesperson_for(salesperson_id)
    form = PayForm(request.POST)
    if not form.is_valid():
        return _close_page(request, first, wrong=form, status=422)
    try:
        closing.pay(
            salesperson=salesperson,
            month=first,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
            shown=request.POST.get(FIELD, ""),
        )
    except ChangedMeanwhile as changed:
        return _changed(request, first, changed)
    except closing.MoreThanOwed as refused:
        rest = formats.money(refused.left, request.reseller.currency)
        form.add_error("amount", _("More than is owed: %(rest)s.") % {"rest": rest})
        return _close_page(request, first, wrong=form, status=422)
    messages.success(request, _("The payment is noted."))
    return go(request, links.month_close(month))


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def adjustment_new(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    """Correct the money of a shipment whose month is closed."""
    shipment = shipment_for(request.actor, shipment_id)
    before = closing.effective(shipment)
    form = AdjustForm(
        posted(request),
        initial={"price": before.price, "cost": before.cost},
    )
    if not locks.is_locked(shipment.received_on):
        raise Http404
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            _adjust(request, shipment, form)
        except ChangedMeanwhile as changed:
            messages.error(request, str(changed))
            before = closing.effective(shipment)
            status = 409
        else:
            messages.success(request, _("The adjustment counts in the running month."))
            return go(request, links.shipment(shipment.pk))
    context = AdjustmentPage(form, shipment, before, request.reseller.currency, mark(before))
    return page(request, "cargo/adjustment.html", context, status=status)


def _adjust(request: OfficeRequest, shipment: Shipment, form: AdjustForm) -> None:
    """Raises ChangedMeanwhile."""
    closing.adjust(
        shipment=shipment,
        **form.cleaned_data,
        by=request.actor,
        at=clock.now(),
        shown=request.POST.get(FIELD, ""),
    )
