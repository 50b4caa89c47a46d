from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"

    def ready(self) -> None:
        from documents import (
            audit_wording,
            rendering,  # its handler is registered by being imported  # noqa: F401
        )

        audit_wording.describe()
