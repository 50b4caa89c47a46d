from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "tenants.office"
    label = "office"

    def ready(self) -> None:
        from tenants.kit import later
        from tenants.office import audit_wording, preparing

        audit_wording.describe()
        later.when_long(preparing.put_off)
