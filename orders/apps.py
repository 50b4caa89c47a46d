from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    label = "orders"

    def ready(self) -> None:
        from orders import (
            audit_wording,
            company_tab,
            hearings,
            links,
            receivers,  # noqa: F401
            waiting,  # noqa: F401
        )
        from tenants.office import corners, hearing

        audit_wording.describe()
        company_tab.add()
        hearing.add_rows(hearings.TABLE)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
