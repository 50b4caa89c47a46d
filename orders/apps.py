from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    label = "orders"

    def ready(self) -> None:
        from orders import (
            company_tab,
            receivers,  # noqa: F401
        )

        company_tab.add()
