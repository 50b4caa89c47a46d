from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    label = "companies"

    def ready(self) -> None:
        from companies import (
            audit_wording,
            contract_paper,
            hearings,
            kept,
            links,
            own_domain,  # noqa: F401
            queries,
        )
        from documents import verifying
        from tenants.office import corners, firms, hearing
        from tenants.platform import retention

        retention.keeps(*kept.RULES)
        audit_wording.describe()
        verifying.add_ending(contract_paper.ended_at)
        hearing.add_rows(hearings.TABLE)
        firms.name_companies(queries.names_of)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
