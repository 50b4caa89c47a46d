from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tenants.accounts import audit_wording, kept, open_sessions, preparing  # noqa: F401
        from tenants.platform import retention

        retention.keeps(*kept.RULES)
        audit_wording.describe()
        open_sessions.listen()
