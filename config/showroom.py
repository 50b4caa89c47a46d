"""The UI kit shown whole."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.fields import MoneyField
from tenants.kit.web import OfficeRequest, page, public


class SampleForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As in the contract"),
    )
    price = MoneyField(label=gettext_lazy("Price"), required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField(label=gettext_lazy("Agreed"), required=False)

    def __init__(self) -> None:
        super().__init__()
        self.fields["price"].widget.attrs["data-money"] = "KGS"


@public("shows the kit, holds no data")
def showroom(request: OfficeRequest) -> HttpResponse:
    columns = [
        {"key": "ref", "label": "Reg.№"},
        {"key": "price", "label": _("Price"), "numeric": True},
    ]
    sample = {
        "title": _("Orders"),
        "count": 2,
        "columns": columns,
        "url": "/ui/",
        "chips": [],
        "views": [],
        "pager": {},
    }
    return page(request, "ui/index.html", {"form": SampleForm(), "list": sample})
