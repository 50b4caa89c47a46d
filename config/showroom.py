"""The UI kit shown whole."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from config.show_list import sample
from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import MoneyField
from tenants.kit.listing import ListPage
from tenants.kit.web import OfficeRequest, page, public


class SampleForm(forms.Form):
    name = TextField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As in the contract"),
    )
    price = MoneyField(label=gettext_lazy("Price"), required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField(label=gettext_lazy("Agreed"), required=False)

    def __init__(self) -> None:
        super().__init__()
        self.fields["price"].widget.attrs["data-money"] = "KGS"


@dataclass(frozen=True, slots=True)
class ShowroomPage:
    """A form and a list with rows made up."""

    form: SampleForm
    list: ListPage


@public("shows the kit, holds no data")
def showroom(request: OfficeRequest) -> HttpResponse:
    return page(request, "ui/index.html", ShowroomPage(SampleForm(), sample(request)))
