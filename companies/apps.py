from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    label = "companies"

    def ready(self) -> None:
        from companies import audit_wording

        audit_wording.describe()
