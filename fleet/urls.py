"""Whoever stands in the pool has a card; the acts take `own_…` ids, which strangers do not have."""

from django.urls import path

from fleet.views import (
    access,
    driver_list,
    drivers,
    own_driver_list,
    vehicle_list,
    vehicles,
)
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "fleet"
urlpatterns = [
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
]
