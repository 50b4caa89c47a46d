from django.apps import AppConfig


class FleetConfig(AppConfig):
    name = "fleet"
    label = "fleet"

    def ready(self) -> None:
        from fleet import audit_wording

        audit_wording.describe()
