"""One shipment with its why, adding, editing, deleting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import locks
from commission.cargo.access import manages, may_delete
from commission.cargo.api.shipments import before
from commission.cargo.forms.shipment import ShipmentForm
from commission.cargo.models import Shipment
from commission.cargo.months import closing
from commission.cargo.queries import customers_for, shipment_for
from commission.cargo.queries.people import search
from commission.cargo.queries.why import why
from commission.cargo.shipments import editing
from commission.cargo.words import hints, status_pill
from tenants.kit import clock, formats, months
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission

LAST = "cargo_last"  # the next shipment starts with the last customer, kind and date


@require_GET
@needs(Permission.CARGO_VIEW)
def shipment_card(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    row = shipment_for(request.actor, shipment_id)
    actor = request.actor
    locked = locks.is_locked(row.received_on)
    fields = {
        name: getattr(row, name)
        for name in (
            "id",
            "status",
            "cost_mode",
            "card_id",
            "rate_cbm",
            "rate_kg",
            "salesperson_id",
            "customer_id",
        )
    }
    context: dict[str, Any] = {
        "shipment": row,
        "pill": status_pill(row.status, row.commission_method),
        "why": why(row),
        "currency": request.reseller.currency,
        "is_locked": locked,
        "may_edit": actor.can(Permission.CARGO_ENTER),
        "may_adjust": locked and manages(actor),
        "may_delete": not locked and may_delete(actor, row, months.today_of(request)),
        "hints": hints(
            fields,
            manages=manages(actor),
            enters=actor.can(Permission.CARGO_ENTER),
        ),
        "adjustments": [
            (one, formats.month(one.month)) for one in row.adjustments.order_by("made_at")
        ],
        "effective": closing.effective(row),
        "events": audit_log.history(row.subject),
    }
    return page(request, "cargo/shipment.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def shipment_new(request: OfficeRequest) -> HttpResponse:
    last = request.session.get(LAST) or {"received_on": formats.slashed(months.today_of(request))}
    form = ShipmentForm(posted(request), initial=last)
    if form.is_valid() and (made := _told(request, form, None)):
        request.session[LAST] = {
            "received_on": formats.slashed(made.received_on),
            "customer_code": made.customer.code,
            "goods_type": made.goods_type_id,
            "transport": made.transport,
        }
        messages.success(
            request,
            _("%(number)s is saved.") % {"number": made.tracking_number},
        )
        return go(
            request,
            reverse("cargo:shipment-new" if "next" in request.POST else "cargo:shipment-list"),
        )
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def shipment_edit(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    row = shipment_for(request.actor, shipment_id)
    form = ShipmentForm(posted(request), initial=before(row))
    if form.is_valid() and _told(request, form, row):
        messages.success(request, _("The changes are saved."))
        return go(request, reverse("cargo:shipment-card", args=[row.pk]))
    return _form_page(request, form, row)


@require_POST
@needs(Permission.CARGO_ENTER)
def shipment_delete(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    row = shipment_for(request.actor, shipment_id)
    if not may_delete(request.actor, row, months.today_of(request)):
        raise PermissionDenied
    try:
        editing.delete(shipment=row, by=request.actor, at=clock.now())
    except locks.MonthIsLocked:
        messages.error(request, _("This month is closed."))
        return go(request, reverse("cargo:shipment-card", args=[row.pk]))
    messages.success(
        request,
        _("%(number)s is deleted.") % {"number": row.tracking_number},
    )
    return go(request, reverse("cargo:shipment-list"))


@require_POST
@needs(Permission.CARGO_ENTER)
def shipment_price(request: OfficeRequest) -> HttpResponse:
    """What the form comes to while it is being filled in; nothing is stored."""
    form = ShipmentForm(request.POST)
    form.is_valid()
    values = form.cleaned_data
    context: dict[str, Any] = {
        "currency": request.reseller.currency,
        "found": None,
        "customer": None,
    }
    needed = (
        "received_on",
        "goods_type",
        "transport",
        "weight_kg",
        "volume_cbm",
        "price",
    )
    kept = (
        shipment_for(request.actor, _id(request.POST["shipment"]))
        if request.POST.get("shipment")
        else None
    )
    if all(values.get(name) is not None for name in needed) and "cost" not in form.errors:
        entry = editing.Entry(**({"customer_code": "", "tracking_number": ""} | values))
        used = editing.used_for(entry, request.reseller.zone, kept)
        found = editing.priced(entry, used)
        context |= {
            "found": found,
            "pill": status_pill(found.status, found.method),
            "used": used,
        }
    if code := values.get("customer_code"):
        context["customer"] = (
            customers_for(request.actor)
            .filter(code__iexact=code)
            .select_related("salesperson")
            .first()
        )
        context["code"] = code
    return page(request, "cargo/_price.html", context)


@require_GET
@needs(Permission.CARGO_ENTER)
def customer_suggest(request: OfficeRequest) -> HttpResponse:
    """Options for the customer's code while it is typed."""
    found = search(
        customers_for(request.actor),
        request.GET.get("customer_code", "")[:30],
    )[:12]
    return page(request, "cargo/_customer_options.html", {"customers": found})


def _told(request: OfficeRequest, form: ShipmentForm, row: Shipment | None) -> Shipment | None:
    """Save, or say at the field why not."""
    try:
        if row is None:
            return editing.add(entry=form.entry(), by=request.actor, at=clock.now())
        return editing.edit(
            shipment=row,
            entry=form.entry(),
            by=request.actor,
            at=clock.now(),
        )
    except editing.DoubleTracking:
        form.add_error(
            "tracking_number",
            _("The tracking number has been saved before. Tick “Save again” if it is meant."),
        )
    except locks.MonthIsLocked:
        form.add_error("received_on", _("This month is closed."))
    except editing.MoneyIsLocked:
        form.add_error(
            None,
            _("The month is closed: its money is corrected by an adjustment."),
        )
    return None


def _form_page(request: OfficeRequest, form: ShipmentForm, row: Shipment | None) -> HttpResponse:
    context = {
        "form": form,
        "shipment": row,
        "is_double": "tracking_number" in form.errors,
        "currency": request.reseller.currency,
        "is_locked": bool(row and locks.is_locked(row.received_on)),
    }
    return page(
        request,
        "cargo/shipment_form.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Http404 from problem
