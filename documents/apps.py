from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"

    def ready(self) -> None:
        from documents import (
            audit_wording,
            given_up,
            hearings,
            links,
            rendering,  # its handler is registered by being imported  # noqa: F401
        )
        from tenants.office import corners, hearing

        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
        given_up.add()
