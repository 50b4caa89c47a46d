from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "tenants.platform"
    label = "platform"
