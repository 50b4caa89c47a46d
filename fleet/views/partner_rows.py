"""A partner adds, edits and archives its own drivers and vehicles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fleet import partner_crew, queries
from fleet.drivers import CannotArchive
from fleet.forms import DriverForm, VehicleForm
from fleet.partner_crew import TakenHere
from fleet.vehicles import FIELDS
from fleet.views.drivers import driver_values, taken
from tenants.drivers.models import Driver, Vehicle
from tenants.drivers.pool import AlreadyRegistered
from tenants.kit import clock
from tenants.kit.form_changes import changed_values
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

OFFICE_S = ("company", "responsible")  # fields that are the office's to say


@dataclass(frozen=True, slots=True)
class PartnerFormPage:
    """The form of a driver or a vehicle; `row` is None of a new one."""

    form: forms.Form
    row: Driver | Vehicle | None


def _driver_form(request: OfficeRequest, initial: Mapping[str, object]) -> DriverForm:
    form = DriverForm(posted(request), initial=initial, region=request.reseller.country, people=())
    for name in OFFICE_S:
        del form.fields[name]
    form.order_fields(["name", "phone"])
    return form


@require_http_methods(["GET", "POST"])
@needs(Permission.PARTNER_CREW)
def driver_new(request: OfficeRequest) -> HttpResponse:
    """The form of one more driver."""
    queries.carrier_for(request.actor)
    form = _driver_form(request, {})
    return _answered(
        request,
        form,
        None,
        lambda: partner_crew.add_driver(values=form.cleaned_data, by=request.actor, at=clock.now()),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PARTNER_CREW)
def driver_edit(request: OfficeRequest, crew_driver_id: UUID) -> HttpResponse:
    driver = queries.crew_driver(request.actor, crew_driver_id)
    private = queries.private_of([driver.pk]).get(driver.pk)
    form = _driver_form(request, driver_values(driver, private)).of_row()
    return _answered(
        request,
        form,
        driver,
        lambda: partner_crew.edit_driver(
            driver=driver, values=changed_values(form), by=request.actor, at=clock.now()
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PARTNER_CREW)
def vehicle_new(request: OfficeRequest) -> HttpResponse:
    """The form of one more vehicle."""
    queries.carrier_for(request.actor)
    form = VehicleForm(posted(request))
    return _answered(
        request,
        form,
        None,
        lambda: partner_crew.add_vehicle(
            values=form.cleaned_data, by=request.actor, at=clock.now()
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PARTNER_CREW)
def vehicle_edit(request: OfficeRequest, crew_vehicle_id: UUID) -> HttpResponse:
    vehicle = queries.crew_vehicle(request.actor, crew_vehicle_id)
    values = {name: getattr(vehicle, name) for name in FIELDS}
    form = VehicleForm(posted(request), initial=values).of_row()
    return _answered(
        request,
        form,
        vehicle,
        lambda: partner_crew.edit_vehicle(
            vehicle=vehicle, values=changed_values(form), by=request.actor, at=clock.now()
        ),
    )


def _answered(
    request: OfficeRequest,
    form: forms.Form,
    row: Driver | Vehicle | None,
    save: Callable[[], object],
) -> HttpResponse:
    """Save what the form says and go back to the list; a refusal stands at its field."""
    is_driver = isinstance(form, DriverForm)
    if form.is_valid():
        try:
            save()
        except AlreadyRegistered as problem:
            form.add_error("phone" if is_driver else "plate", taken(problem))
        except TakenHere as problem:
            form.add_error("phone" if is_driver else "plate", str(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, _list_url(is_driver))
    template = "fleet/partner_driver_form.html" if is_driver else "fleet/partner_vehicle_form.html"
    status = 422 if form.errors else 200
    return page(request, template, PartnerFormPage(form, row), status=status)


def _list_url(is_driver: bool) -> str:
    return reverse("fleet:partner-drivers" if is_driver else "fleet:partner-vehicles")


def _moved(
    request: OfficeRequest, row: Driver | Vehicle, move: Callable[..., None]
) -> HttpResponse:
    try:
        move(row=row, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except (CannotArchive, TakenHere) as problem:
        messages.error(request, str(problem))
    except AlreadyRegistered as problem:
        messages.error(request, taken(problem))
    return go(request, _list_url(isinstance(row, Driver)))


@require_POST
@needs(Permission.PARTNER_CREW)
def driver_archive(request: OfficeRequest, crew_driver_id: UUID) -> HttpResponse:
    return _moved(request, queries.crew_driver(request.actor, crew_driver_id), partner_crew.archive)


@require_POST
@needs(Permission.PARTNER_CREW)
def driver_restore(request: OfficeRequest, crew_driver_id: UUID) -> HttpResponse:
    return _moved(request, queries.crew_driver(request.actor, crew_driver_id), partner_crew.restore)


@require_POST
@needs(Permission.PARTNER_CREW)
def vehicle_archive(request: OfficeRequest, crew_vehicle_id: UUID) -> HttpResponse:
    return _moved(
        request, queries.crew_vehicle(request.actor, crew_vehicle_id), partner_crew.archive
    )


@require_POST
@needs(Permission.PARTNER_CREW)
def vehicle_restore(request: OfficeRequest, crew_vehicle_id: UUID) -> HttpResponse:
    return _moved(
        request, queries.crew_vehicle(request.actor, crew_vehicle_id), partner_crew.restore
    )
