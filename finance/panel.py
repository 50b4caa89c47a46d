"""Pages of the managers' panel about fees: the ladder and the statement."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest

from tenants.panel.pages import NoDeletes, add_page
from tenants.platform.models import FeeLine, Ladder, Reseller


class LadderAdmin(NoDeletes):
    list_display = ["effective_from", "reseller", "steps"]


class FeeLineAdmin(NoDeletes):
    """The statement: only what it needs of a reseller's business."""

    list_display = [
        "reseller_name",
        "month",
        "kind",
        "invoice",
        "on",
        "paid",
        "rate",
        "fee",
        "currency",
        "rate_off",
    ]
    list_filter = ["month", "kind"]
    search_fields = ["invoice"]

    def reseller_name(self, line: FeeLine) -> str:
        if not hasattr(self, "_names"):
            self._names = dict(Reseller.objects.values_list("id", "name"))
        return str(self._names.get(line.reseller_id, ""))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


add_page(Ladder, LadderAdmin)
add_page(FeeLine, FeeLineAdmin)
