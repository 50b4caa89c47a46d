"""The list of vehicles, of the pool and the own ones, as the seed's columns show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fleet import words
from fleet.forms import VehicleFilterForm
from fleet.views.driver_list import NEWEST, WHOSE
from fleet.views.fleet_tabs import EMPTY, TABS
from tenants.drivers import queries
from tenants.drivers.models import Driver, Vehicle
from tenants.kit.keyset import Sort
from tenants.kit.listing import Address, Column, Listing, ListPage
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission


def body(vehicle: Vehicle) -> str:
    return vehicle.get_body_display()


def status(vehicle: Vehicle) -> str:
    return vehicle.get_status_display()


def status_pill(vehicle: Vehicle) -> str:
    return pill(
        status(vehicle),
        *words.LOOK[Driver.Status(vehicle.status)],
    )


CAPACITY = Sort("capacity_kg", "capacity_kg", descending=True, nullable=True)
VOLUME = Sort("volume_m3", "volume_m3", descending=True, nullable=True)
COLUMNS = (
    Column("ref", _("Reg.№"), "ref", Sort("ref", "ref"), fixed=True, opens=True),
    Column("plate", _("Plate"), "plate", Sort("plate", "plate"), fixed=True),
    Column("model", _("Model"), "model", on_page=False),
    Column("body", _("Body"), body),
    Column(
        "capacity_kg",
        _("Capacity, kg"),
        "capacity_kg",
        CAPACITY,
        numeric=True,
    ),
    Column("volume_m3", _("Volume, m³"), "volume_m3", VOLUME, numeric=True),
    Column("adr", _("ADR"), "adr", text=lambda vehicle: words.has(vehicle.adr)),
    Column("carrier", _("Carrier"), words.carrier_of),
    Column("whose", _("Type"), words.whose),
    Column("registered_on", _("Registered"), "registered_on", NEWEST),
    Column("status", _("Status"), status, text=status_pill),
)
VEHICLES = Listing(
    name="vehicles",
    title=_("Fleet"),
    url="fleet:vehicle-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="fleet:vehicle-card",
    named_by="ref",
    search_hint=_("Plate, make, Reg.№, carrier"),
    export="fleet:vehicle-export",
    saved="fleet:vehicle-view",
    tabs=TABS,
    empty=EMPTY,
)


@dataclass(frozen=True, slots=True)
class VehicleListPage:
    list: ListPage


def vehicles_of(address: Address) -> QuerySet[Vehicle]:
    filters = address.filters
    return queries.vehicles(
        text=address.search,
        own=WHOSE.get(filters.get("whose", "")),
        status=filters.get("status", ""),
        body=filters.get("body", ""),
    )


@require_GET
@needs(Permission.FLEET_VIEW)
def vehicle_list(request: OfficeRequest) -> HttpResponse:
    address = VEHICLES.address(request, VehicleFilterForm(request.GET))
    shown = VEHICLES.shown(
        address,
        VEHICLES.page(address, vehicles_of(address), reader=request.actor),
        counts=queries.counts(),
        saved=saved_views.of(request.actor, VEHICLES),
    )
    return page(request, "fleet/vehicles.html", VehicleListPage(shown))


@require_GET
@needs(Permission.FLEET_VIEW)
def vehicle_export(request: OfficeRequest) -> HttpResponseBase:
    address = VEHICLES.address(request, VehicleFilterForm(request.GET))
    return VEHICLES.file(
        address,
        VEHICLES.everything(address, vehicles_of(address)),
    )
