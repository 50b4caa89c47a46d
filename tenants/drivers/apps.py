from django.apps import AppConfig


class DriversConfig(AppConfig):
    name = "tenants.drivers"
    label = "drivers"

    def ready(self) -> None:
        from tenants.drivers import audit_wording, kept
        from tenants.platform import retention

        retention.keeps(*kept.RULES)
        audit_wording.describe()
