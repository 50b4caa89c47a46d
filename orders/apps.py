from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    label = "orders"

    def ready(self) -> None:
        from orders import (
            audit_wording,
            company_tab,
            receivers,  # noqa: F401
        )

        audit_wording.describe()
        company_tab.add()
