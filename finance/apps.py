from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    label = "finance"

    def ready(self) -> None:
        from documents import verifying
        from finance import (  # noqa: F401 - they register themselves
            audit_wording,
            beginning,
            debts,
            hearings,
            links,
            order_advances,
            order_endings,
            order_results,
            panel,
            receivers,
            tabs,
        )
        from finance.queries.invoices import paper_taken_back
        from tenants.office import corners, hearing

        audit_wording.describe()
        verifying.add_ending(paper_taken_back)
        hearing.add_rows(hearings.TABLE)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
