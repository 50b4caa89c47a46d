from django.apps import AppConfig
from django.contrib.postgres.indexes import OpClass
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.db.models.indexes import IndexExpression


class KitConfig(AppConfig):
    name = "tenants.kit"
    label = "kit"

    def ready(self) -> None:
        """`OpClass` is allowed in an index over an expression; django.contrib.postgres, which
        does that, also asks the server about types at each connection.
        """
        from tenants.kit import mail  # noqa: F401

        IndexExpression.register_wrappers(OrderBy, OpClass, Collate)
