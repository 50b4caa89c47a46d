"""Whoever stands in the pool has a card; the acts take `own_…` ids, which strangers do not have."""

from django.urls import path

from fleet.views import (
    access,
    driver_list,
    drivers,
    forgotten_pin,
    own_driver_list,
    partner_lists,
    partner_rows,
    vehicle_list,
    vehicles,
)
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "fleet"
urlpatterns = [
    path("driver/forgotten/", forgotten_pin.forgotten, name="driver-forgotten"),
    path("fleet/", driver_list.driver_list, name="driver-list"),
    path("fleet/export/", driver_list.driver_export, name="driver-export"),
    *saved_views.paths(driver_list.DRIVERS, "fleet/views/", Permission.FLEET_VIEW),
    path("fleet/drivers/new/", drivers.driver_new, name="driver-new"),
    path(
        "fleet/drivers/<uuid:driver_id>/",
        drivers.driver_card,
        name="driver-card",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/edit/",
        drivers.driver_edit,
        name="driver-edit",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/archive/",
        drivers.driver_archive,
        name="driver-archive",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/restore/",
        drivers.driver_restore,
        name="driver-restore",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/access/",
        access.access_issue,
        name="access-issue",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/access/issued/",
        access.access_issued,
        name="access-issued",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/access/block/",
        access.access_block,
        name="access-block",
    ),
    path(
        "fleet/drivers/<uuid:own_driver_id>/phones/<uuid:device_id>/end/",
        access.phone_end,
        name="phone-end",
    ),
    path("fleet/vehicles/", vehicle_list.vehicle_list, name="vehicle-list"),
    path(
        "fleet/vehicles/export/",
        vehicle_list.vehicle_export,
        name="vehicle-export",
    ),
    *saved_views.paths(
        vehicle_list.VEHICLES,
        "fleet/vehicles/views/",
        Permission.FLEET_VIEW,
    ),
    path("fleet/vehicles/new/", vehicles.vehicle_new, name="vehicle-new"),
    path(
        "fleet/vehicles/<uuid:vehicle_id>/",
        vehicles.vehicle_card,
        name="vehicle-card",
    ),
    path(
        "fleet/vehicles/<uuid:own_vehicle_id>/edit/",
        vehicles.vehicle_edit,
        name="vehicle-edit",
    ),
    path(
        "fleet/vehicles/<uuid:own_vehicle_id>/archive/",
        vehicles.vehicle_archive,
        name="vehicle-archive",
    ),
    path(
        "fleet/vehicles/<uuid:own_vehicle_id>/restore/",
        vehicles.vehicle_restore,
        name="vehicle-restore",
    ),
    path("drivers/", own_driver_list.own_drivers, name="own-drivers"),
    path(
        "drivers/export/",
        own_driver_list.own_driver_export,
        name="own-driver-export",
    ),
    *saved_views.paths(own_driver_list.OWN_DRIVERS, "drivers/views/", Permission.FLEET_VIEW),
    path("partner/drivers/", partner_lists.drivers, name="partner-drivers"),
    path("partner/drivers/new/", partner_rows.driver_new, name="partner-driver-new"),
    path(
        "partner/drivers/<uuid:crew_driver_id>/",
        partner_rows.driver_edit,
        name="partner-driver",
    ),
    path(
        "partner/drivers/<uuid:crew_driver_id>/archive/",
        partner_rows.driver_archive,
        name="partner-driver-archive",
    ),
    path(
        "partner/drivers/<uuid:crew_driver_id>/restore/",
        partner_rows.driver_restore,
        name="partner-driver-restore",
    ),
    path("partner/vehicles/", partner_lists.vehicles, name="partner-vehicles"),
    path("partner/vehicles/new/", partner_rows.vehicle_new, name="partner-vehicle-new"),
    path(
        "partner/vehicles/<uuid:crew_vehicle_id>/",
        partner_rows.vehicle_edit,
        name="partner-vehicle",
    ),
    path(
        "partner/vehicles/<uuid:crew_vehicle_id>/archive/",
        partner_rows.vehicle_archive,
        name="partner-vehicle-archive",
    ),
    path(
        "partner/vehicles/<uuid:crew_vehicle_id>/restore/",
        partner_rows.vehicle_restore,
        name="partner-vehicle-restore",
    ),
]
