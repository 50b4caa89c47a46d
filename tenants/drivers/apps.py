from django.apps import AppConfig


class DriversConfig(AppConfig):
    name = "tenants.drivers"
    label = "drivers"
