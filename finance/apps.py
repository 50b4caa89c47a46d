from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    label = "finance"

    def ready(self) -> None:
        from finance import (  # noqa: F401 - they register themselves
            audit_wording,
            debts,
            hearings,
            links,
            panel,
            receivers,
            tabs,
        )
        from tenants.office import corners, hearing

        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
