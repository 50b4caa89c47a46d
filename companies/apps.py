from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    label = "companies"

    def ready(self) -> None:
        from companies import audit_wording, hearings, links
        from tenants.office import corners, hearing

        audit_wording.describe()
        hearing.add_rows(hearings.TABLE)
        for names, others in links.CORNERS:
            corners.add_page(*names, **others)
