from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "tenants.platform"
    label = "platform"

    def ready(self) -> None:
        from tenants.platform import kept, retention

        retention.keeps(*kept.RULES)
