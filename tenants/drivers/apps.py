from django.apps import AppConfig


class DriversConfig(AppConfig):
    name = "tenants.drivers"
    label = "drivers"

    def ready(self) -> None:
        from tenants.drivers import audit_wording

        audit_wording.describe()
