"""A partner's drivers and vehicles, in its own cabinet."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fleet.queries import carrier_for
from fleet.views.driver_list import DRIVERS, DriverListPage, lines
from fleet.views.vehicle_list import VEHICLES, VehicleListPage
from tenants.drivers.models import Driver, DriverPrivate, Vehicle
from tenants.kit.counting import CappedCount, count_capped, counts_capped
from tenants.kit.listing import Empty, Listing, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

DRIVER_COLUMNS = ("name", "ref", "phone", "inn", "adr", "registered_on", "status")
VEHICLE_COLUMNS = ("plate", "ref", "body", "capacity_kg", "volume_m3", "adr", "status")
TABS = (
    Tab("drivers", _("Drivers"), url=reverse_lazy("fleet:partner-drivers")),
    Tab("vehicles", _("Vehicles"), url=reverse_lazy("fleet:partner-vehicles")),
)


def _own(listing: Listing, names: tuple[str, ...]) -> Listing:
    """The office's list without what concerns the whole pool."""
    by_key = {column.key: column for column in listing.columns}
    columns = (replace(by_key[name], opens=name == names[0], on_page=True) for name in names)
    return replace(listing, columns=tuple(columns), export="", saved="", tabs=TABS)


DRIVERS_OF_PARTNER = replace(
    _own(DRIVERS, DRIVER_COLUMNS),
    name="partner-drivers",
    url="fleet:partner-drivers",
    opens="fleet:partner-driver",
    search_hint=_("Name, phone"),
    empty=Empty(
        title=_("No drivers yet"),
        icon="users",
        text=_("Add your drivers: you name them for the trips you get."),
        action_label=_("Add a driver"),
        action_url=reverse_lazy("fleet:partner-driver-new"),
    ),
)
VEHICLES_OF_PARTNER = replace(
    _own(VEHICLES, VEHICLE_COLUMNS),
    name="partner-vehicles",
    url="fleet:partner-vehicles",
    opens="fleet:partner-vehicle",
    search_hint=_("Plate, make"),
    empty=Empty(
        title=_("No vehicles yet"),
        icon="truck",
        text=_("Add your vehicles: you name them for the trips you get."),
        action_label=_("Add a vehicle"),
        action_url=reverse_lazy("fleet:partner-vehicle-new"),
    ),
)


@require_GET
@needs(Permission.PARTNER_CABINET)
def drivers(request: OfficeRequest) -> HttpResponse:
    address = DRIVERS_OF_PARTNER.address(request)
    carrier_id = carrier_for(request.actor).pk
    rows = Driver.objects.select_related("carrier").filter(carrier_id=carrier_id)
    if address.search:
        rows = rows.filter(_about_driver(address.search))
    driver_page = DRIVERS_OF_PARTNER.page(address, rows, reader=request.actor)
    shown = DRIVERS_OF_PARTNER.shown(
        address,
        driver_page,
        records=lines(driver_page.rows),
        count=count_capped(rows),
        counts=_counts(carrier_id),
    )
    return page(request, "fleet/partner_drivers.html", DriverListPage(shown))


def _about_driver(text: str) -> Q:
    digits = "".join(sign for sign in text if sign.isdigit())
    by_phone = DriverPrivate.objects.filter(phone__contains=digits).values("driver_id")
    return Q(name__has=text) | (Q(pk__in=by_phone) if len(digits) > 2 else Q())


@require_GET
@needs(Permission.PARTNER_CABINET)
def vehicles(request: OfficeRequest) -> HttpResponse:
    address = VEHICLES_OF_PARTNER.address(request)
    carrier_id = carrier_for(request.actor).pk
    rows = Vehicle.objects.select_related("carrier").filter(carrier_id=carrier_id)
    if address.search:
        rows = rows.filter(Q(plate__has=address.search) | Q(model__has=address.search))
    shown = VEHICLES_OF_PARTNER.shown(
        address,
        VEHICLES_OF_PARTNER.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        counts=_counts(carrier_id),
    )
    return page(request, "fleet/partner_vehicles.html", VehicleListPage(shown))


def _counts(carrier_id: UUID) -> dict[str, CappedCount]:
    return counts_capped(
        drivers=Driver.objects.filter(carrier_id=carrier_id),
        vehicles=Vehicle.objects.filter(carrier_id=carrier_id),
    )
