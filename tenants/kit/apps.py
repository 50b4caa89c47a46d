from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "tenants.kit"
    label = "kit"

    def ready(self) -> None:
        from tenants.kit import mail  # noqa: F401
