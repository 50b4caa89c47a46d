from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    label = "finance"

    def ready(self) -> None:
        from finance import audit_wording, panel, receivers, tabs  # noqa: F401

        audit_wording.describe()
