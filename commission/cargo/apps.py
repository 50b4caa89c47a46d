from django.apps import AppConfig


class CargoConfig(AppConfig):
    name = "commission.cargo"
    label = "cargo"

    def ready(self) -> None:
        from commission.cargo import audit_wording, receivers  # noqa: F401

        audit_wording.describe()
