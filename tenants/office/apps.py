from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "tenants.office"
    label = "office"

    def ready(self) -> None:
        from tenants.kit import later
        from tenants.office import audit_wording, hearing, hearings, kept, preparing
        from tenants.platform import retention

        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        retention.keeps(*kept.RULES)
        later.when_long(preparing.put_off)
