from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Gives `config` a place for tests and start-up checks; it has no models."""

    name = "config"
    default_auto_field = "django.db.models.BigAutoField"
