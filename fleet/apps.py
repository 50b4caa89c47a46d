from django.apps import AppConfig


class FleetConfig(AppConfig):
    name = "fleet"
    label = "fleet"

    def ready(self) -> None:
        from fleet import audit_wording, forgotten_pin
        from tenants.office import hearing

        audit_wording.describe()
        hearing.add_rows(forgotten_pin.TABLE)
