from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "tenants.office"
    label = "office"

    def ready(self) -> None:
        from tenants.kit import later
        from tenants.office import audit_wording, hearing, hearings, preparing

        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        later.when_long(preparing.put_off)
