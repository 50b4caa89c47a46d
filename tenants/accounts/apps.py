from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tenants.accounts import (
            audit_wording,
            hearings,
            kept,
            link_requests,  # noqa: F401
            open_sessions,
            preparing,  # noqa: F401
        )
        from tenants.office import hearing
        from tenants.platform import retention

        retention.keeps(*kept.RULES)
        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        open_sessions.listen()
