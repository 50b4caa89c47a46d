"""The fleet: drivers and vehicles of the pool and the own ones, as the seed's columns show them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fleet import words
from fleet.forms import DriverFilterForm, VehicleFilterForm
from fleet.queries import private_of
from fleet.views import listing
from fleet.views.listing import Asked
from tenants.drivers import queries
from tenants.drivers.models import Driver, DriverPrivate, Vehicle
from tenants.drivers.queries import TooManyLookups
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

DRIVERS = "/fleet/"
VEHICLES = "/fleet/vehicles/"
WHOSE = {"own": True, "pool": False}


@needs(Permission.FLEET_VIEW)
def driver_list(request: OfficeRequest) -> HttpResponse:
    sorts = ("ref", "name", "last_active_at", "registered_on")
    wanted = listing.asked(request, DRIVERS, DriverFilterForm(request.GET), sorts)
    own = WHOSE.get(wanted.filters["whose"])
    status = wanted.filters["status"]
    try:
        found = queries.drivers(text=wanted.search, own=own, status=status)
    except TooManyLookups:
        return listing.too_many(request)
    rows, more = listing.page_of(wanted, found)
    private = private_of(driver.pk for driver in rows)
    now = clock.now()
    headings = [
        ("ref", "Reg.№"),
        ("name", _("Driver")),
        ("", _("ИНН")),
        ("", _("Company")),
        ("", _("Type")),
        ("", "ADR"),
        ("", _("Access")),
        ("last_active_at", _("Last activity")),
        ("registered_on", _("Registered")),
        ("", _("Responsible")),
        ("", _("Status")),
    ]
    shown = _shown(
        wanted,
        len(rows),
        more,
        headings,
        _("Name, Reg.№, phone, ИНН, licence"),
    )
    return page(
        request,
        "fleet/drivers.html",
        {
            "list": shown,
            "rows": [_driver(row, private.get(row.pk), now) for row in rows],
        },
    )


@needs(Permission.FLEET_VIEW)
def vehicle_list(request: OfficeRequest) -> HttpResponse:
    sorts = (
        "ref",
        "plate",
        "capacity_kg",
        "volume_m3",
        "registered_on",
    )
    wanted = listing.asked(request, VEHICLES, VehicleFilterForm(request.GET), sorts)
    own = WHOSE.get(wanted.filters["whose"])
    body = wanted.filters["body"]
    status = wanted.filters["status"]
    rows, more = listing.page_of(
        wanted,
        queries.vehicles(text=wanted.search, own=own, status=status, body=body),
    )
    headings = [
        ("ref", "Reg.№"),
        ("plate", _("Plate")),
        ("", _("Body")),
        ("capacity_kg", _("Capacity, kg")),
        ("volume_m3", _("Volume, m³")),
        ("", "ADR"),
        ("", _("Carrier")),
        ("", _("Type")),
        ("registered_on", _("Registered")),
        ("", _("Status")),
    ]
    shown = _shown(
        wanted,
        len(rows),
        more,
        headings,
        _("Plate, make, Reg.№, carrier"),
    )
    return page(
        request,
        "fleet/vehicles.html",
        {"list": shown, "rows": [_vehicle(row) for row in rows]},
    )


def _shown(
    wanted: Asked,
    rows: int,
    more: bool,
    headings: list[tuple[str, str]],
    hint: str,
) -> dict[str, Any]:
    counts = queries.counts()
    views = [
        (DRIVERS, _("Drivers"), counts.drivers),
        (VEHICLES, _("Vehicles"), counts.vehicles),
    ]
    return listing.shown(
        wanted,
        rows=rows,
        more=more,
        columns=listing.columns(wanted, headings, ("capacity_kg", "volume_m3")),
        title=_("Fleet"),
        search_hint=hint,
        views=[
            {
                "label": label,
                "url": url,
                "active": url == wanted.url,
                "count": count,
            }
            for url, label, count in views
        ],
        empty={
            "title": _("Nobody here yet"),
            "icon": "truck",
            "text": _("Drivers and vehicles of the platform's pool and your own stand here."),
        },
    )


def _driver(driver: Driver, private: DriverPrivate | None, now: datetime) -> dict[str, Any]:
    return {
        "driver": driver,
        "url": reverse("fleet:driver-card", args=[driver.pk]),
        "type": words.whose(driver),
        "phone": (private.phone if private else "") or driver.masked_phone,
        "inn": private.inn if private else "",
        "responsible": driver.responsible if private else "",
        "registered": formats.day(driver.registered_on),
        "active": formats.ago(driver.last_active_at, now),
        "status": driver.get_status_display(),
        "tone": words.LOOK[Driver.Status(driver.status)],
    }


def _vehicle(vehicle: Vehicle) -> dict[str, Any]:
    return {
        "vehicle": vehicle,
        "url": reverse("fleet:vehicle-card", args=[vehicle.pk]),
        "type": words.whose(vehicle),
        "body": vehicle.get_body_display(),
        "capacity": formats.number(vehicle.capacity_kg),
        "volume": formats.number(vehicle.volume_m3),
        "registered": formats.day(vehicle.registered_on),
        "status": vehicle.get_status_display(),
        "tone": words.LOOK[Driver.Status(vehicle.status)],
    }
