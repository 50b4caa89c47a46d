"""One shipment with its why, adding, editing, deleting."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from commission.cargo import links, locks
from commission.cargo.access import manages, may_delete, may_edit
from commission.cargo.forms.shipment import ShipmentForm, values_of
from commission.cargo.models import Adjustment, Shipment
from commission.cargo.months import closing
from commission.cargo.months.closing import Effective
from commission.cargo.queries import shipment_for
from commission.cargo.queries.why import Explained, why
from commission.cargo.shipments import editing
from commission.cargo.words import Hint, hints_of, status_pill
from tenants.kit import clock, formats, months
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission

LAST = "cargo_last"  # the next shipment starts with the last customer, kind and date


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A correction and the month it counts in, in words."""

    adjustment: Adjustment
    month: str


@dataclass(frozen=True, slots=True)
class ShipmentCard:
    """One shipment: its money and why, its corrections, its history."""

    shipment: Shipment
    pill: SafeString
    why: Explained
    currency: str
    is_locked: bool
    may_edit: bool
    may_adjust: bool
    may_delete: bool
    hints: list[Hint]
    adjustments: list[AdjustmentRow]
    effective: Effective
    history: list[TimelineEvent]


@dataclass(frozen=True, slots=True)
class ShipmentFormPage:
    """The form of a new shipment, or of one that is there."""

    form: ShipmentForm
    shipment: Shipment | None
    is_double: bool
    currency: str
    is_locked: bool


@require_GET
@needs(Permission.CARGO_VIEW)
def shipment_card(
    request: OfficeRequest,
    shipment_id: UUID,
) -> HttpResponse:
    shipment = shipment_for(request.actor, shipment_id)
    actor = request.actor
    is_locked = locks.is_locked(shipment.received_on)
    today = months.today_of(request)
    context = ShipmentCard(
        shipment=shipment,
        pill=status_pill(shipment.status, shipment.commission_method),
        why=why(shipment),
        currency=request.reseller.currency,
        is_locked=is_locked,
        may_edit=may_edit(actor),
        may_adjust=is_locked and manages(actor),
        may_delete=not is_locked and may_delete(actor, shipment, today),
        hints=hints_of(shipment, manages=manages(actor), enters=may_edit(actor)),
        adjustments=_adjustments(shipment),
        effective=closing.effective(shipment),
        history=audit_log.history(shipment.subject),
    )
    return page(request, "cargo/shipment.html", context)


def _adjustments(shipment: Shipment) -> list[AdjustmentRow]:
    rows = shipment.adjustments.order_by("made_at")
    return [AdjustmentRow(row, formats.month(row.month)) for row in rows]


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def shipment_new(request: OfficeRequest) -> HttpResponse:
    last = request.session.get(LAST) or {"received_on": formats.slashed(months.today_of(request))}
    form = ShipmentForm(posted(request), initial=last)
    if request.session.get(LAST):  # day, customer and goods are filled in as before
        form.fields["tracking_number"].widget.attrs["autofocus"] = True
    if form.is_valid() and (shipment := _save(request, form, None)):
        request.session[LAST] = {
            "received_on": formats.slashed(shipment.received_on),
            "customer_code": shipment.customer.code,
            "goods_type": shipment.goods_type_id,
            "transport": shipment.transport,
        }
        messages.success(
            request,
            _("%(number)s is saved.") % {"number": shipment.tracking_number},
        )
        wants_next = "next" in request.POST
        return go(
            request,
            links.shipment_new() if wants_next else links.shipments(),
        )
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def shipment_edit(
    request: OfficeRequest,
    shipment_id: UUID,
) -> HttpResponse:
    shipment = shipment_for(request.actor, shipment_id)
    form = ShipmentForm(posted(request), initial=values_of(shipment)).of_row()
    if form.is_valid() and _save(request, form, shipment):
        messages.success(request, _("The changes are saved."))
        return go(request, links.shipment(shipment.pk))
    return _form_page(request, form, shipment)


@require_POST
@needs(Permission.CARGO_ENTER)
def shipment_delete(request: OfficeRequest, shipment_id: UUID) -> HttpResponse:
    shipment = shipment_for(request.actor, shipment_id)
    if not may_delete(request.actor, shipment, months.today_of(request)):
        raise PermissionDenied
    try:
        editing.delete(shipment=shipment, by=request.actor, at=clock.now())
    except locks.MonthIsLocked:
        messages.error(request, _("This month is closed."))
        return go(request, links.shipment(shipment.pk))
    messages.success(
        request,
        _("%(number)s is deleted.") % {"number": shipment.tracking_number},
    )
    return go(request, links.shipments())


def _save(request: OfficeRequest, form: ShipmentForm, shipment: Shipment | None) -> Shipment | None:
    """Save, or say at the field why not."""
    try:
        if shipment is None:
            return editing.add(entry=form.entry(), by=request.actor, at=clock.now())
        return editing.edit(
            shipment=shipment,
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


def _form_page(
    request: OfficeRequest,
    form: ShipmentForm,
    shipment: Shipment | None,
) -> HttpResponse:
    context = ShipmentFormPage(
        form=form,
        shipment=shipment,
        is_double="tracking_number" in form.errors,
        currency=request.reseller.currency,
        is_locked=bool(shipment and locks.is_locked(shipment.received_on)),
    )
    status = 422 if form.is_bound else 200
    return page(request, "cargo/shipment_form.html", context, status=status)
