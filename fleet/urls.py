from django.urls import path

from fleet.views import pool

app_name = "fleet"
urlpatterns = [
    path("fleet/", pool.driver_list, name="driver-list"),
    path("fleet/vehicles/", pool.vehicle_list, name="vehicle-list"),
]
