from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "tenants.panel"
    label = "panel"

    def ready(self) -> None:
        from tenants.panel import admin  # noqa: F401  # its pages are added by being imported
