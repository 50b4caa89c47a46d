from django.apps import AppConfig


class CargoConfig(AppConfig):
    name = "commission.cargo"
    label = "cargo"

    def ready(self) -> None:
        from commission.cargo import (
            audit_wording,
            currency_hold,  # noqa: F401
            hearings,
            kept,
            merged_companies,  # noqa: F401
            receivers,  # noqa: F401
        )
        from tenants.office import hearing
        from tenants.platform import retention

        retention.keeps(*kept.RULES)
        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
