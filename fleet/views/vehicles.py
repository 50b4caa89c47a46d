"""A vehicle's card, open to all for the pool, and the acts on the own ones."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fleet import links, queries, vehicles, words
from fleet.drivers import CannotArchive
from fleet.forms import VehicleForm
from fleet.vehicles import FIELDS
from fleet.views.drivers import taken
from fleet.views.trips import lines
from fleet.words import TripLine
from tenants.drivers.models import Driver, Vehicle
from tenants.drivers.pool import AlreadyRegistered
from tenants.drivers.queries import is_own
from tenants.kit import clock, formats
from tenants.kit.form_changes import changed_values
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class VehicleCard:
    """A vehicle of the pool; `tone` is colour and icon of the status, `events` are an own one's."""

    vehicle: Vehicle
    type: str
    adr: str
    carrier: str
    tone: tuple[str, str]
    registered: str
    trips: list[TripLine]
    is_own: bool
    may_edit: bool
    events: list[TimelineEvent]


@dataclass(frozen=True, slots=True)
class VehicleFormPage:
    """The form of a new vehicle, or of one that is there."""

    form: VehicleForm
    vehicle: Vehicle | None


@needs(Permission.FLEET_VIEW)
def vehicle_card(request: OfficeRequest, vehicle_id: UUID) -> HttpResponse:
    vehicle = queries.vehicle_for(vehicle_id)
    own = is_own(vehicle)
    context = VehicleCard(
        vehicle=vehicle,
        type=words.whose(vehicle),
        adr=words.has(vehicle.adr),
        carrier=words.carrier_of(vehicle),
        tone=words.LOOK[Driver.Status(vehicle.status)],
        registered=formats.day(vehicle.registered_on),
        trips=lines(request, queries.trips_of(vehicle_id=vehicle_id)),
        is_own=own,
        may_edit=own and request.actor.can(Permission.FLEET_EDIT),
        events=audit_log.history(f"vehicle:{vehicle.pk}") if own else [],
    )
    return page(request, "fleet/vehicle.html", context)


@needs(Permission.FLEET_EDIT)
def vehicle_new(request: OfficeRequest) -> HttpResponse:
    form = VehicleForm(posted(request))
    if form.is_valid():
        try:
            vehicle = vehicles.add(
                values=form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
        except AlreadyRegistered as problem:
            form.add_error("plate", taken(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, links.vehicle(vehicle.pk))
    return _form_page(request, VehicleFormPage(form, None))


@needs(Permission.FLEET_EDIT)
def vehicle_edit(request: OfficeRequest, own_vehicle_id: UUID) -> HttpResponse:
    vehicle = queries.own_vehicle(own_vehicle_id)
    form = VehicleForm(
        posted(request),
        initial={name: getattr(vehicle, name) for name in FIELDS},
    ).of_row()
    if form.is_valid():
        try:
            vehicles.edit(
                vehicle_id=vehicle.pk,
                values=changed_values(form),
                by=request.actor,
                at=clock.now(),
            )
        except AlreadyRegistered as problem:
            form.add_error("plate", taken(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, links.vehicle(vehicle.pk))
    return _form_page(request, VehicleFormPage(form, vehicle))


def _form_page(request: OfficeRequest, context: VehicleFormPage) -> HttpResponse:
    status = 422 if context.form.errors else 200
    return page(request, "fleet/vehicle_form.html", context, status=status)


@require_POST
@needs(Permission.FLEET_EDIT)
def vehicle_archive(request: OfficeRequest, own_vehicle_id: UUID) -> HttpResponse:
    vehicle = queries.own_vehicle(own_vehicle_id)
    try:
        vehicles.archive(vehicle_id=vehicle.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except CannotArchive as problem:
        messages.error(request, str(problem))
    return go(request, links.vehicle(vehicle.pk))


@require_POST
@needs(Permission.FLEET_EDIT)
def vehicle_restore(request: OfficeRequest, own_vehicle_id: UUID) -> HttpResponse:
    vehicle = queries.own_vehicle(own_vehicle_id)
    try:
        vehicles.restore(vehicle_id=vehicle.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except AlreadyRegistered as problem:
        messages.error(request, taken(problem))
    return go(request, links.vehicle(vehicle.pk))
