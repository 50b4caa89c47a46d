from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    label = "finance"

    def ready(self) -> None:
        from finance import panel, receivers, tabs  # noqa: F401
