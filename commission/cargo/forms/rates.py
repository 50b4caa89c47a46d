"""The grid of a rate card: name and one field for each goods type, transport and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import NumberField
from commission.cargo.models import Transport
from commission.cargo.rates import defaults
from commission.cargo.rates.cards import Grid
from commission.cargo.rates.pricing import Rates
from tenants.kit.edge.form_fields import PatternField, TextField
from tenants.kit.edit_forms import EditForm

UNITS = (("cbm", "CBM"), ("kg", "KG"))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A goods type and the four fields of its prices."""

    code: str
    name: str
    fields: list[BoundField]


class CardForm(EditForm):
    name = TextField(label=_("Card name"), max_length=100)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.kinds = defaults.names()
        for kind in self.kinds:
            for way in Transport:
                for unit, label in UNITS:
                    field = NumberField(
                        label=f"{kind} {way.label}/{label}",
                        whole=7,
                        places=4,
                        required=False,
                    )
                    field.widget.attrs["data-cell"] = True
                    self.fields[cell(kind, way.value, unit)] = field

    def grid(self) -> Grid:
        value = self.cleaned_data.get
        return {
            (kind, way.value): Rates(
                value(cell(kind, way.value, "cbm")),
                value(cell(kind, way.value, "kg")),
            )
            for kind in self.kinds
            for way in Transport
        }

    def table(self) -> list[GridRow]:
        """The rows of the grid, one for each goods type."""
        columns = [(way.value, unit) for way in Transport for unit, _label in UNITS]
        return [
            GridRow(
                kind,
                name,
                [self[cell(kind, way, unit)] for way, unit in columns],
            )
            for kind, name in self.kinds.items()
        ]


class GoodsTypeForm(forms.Form):
    code = PatternField(
        label=_("Code"),
        regex=r"^[A-Z0-9_-]{2,20}$",
        error_messages={"invalid": _("Capital Latin letters and figures.")},
    )
    name = TextField(label=_("Name"), max_length=100)


def cell(kind: str, way: str, unit: str) -> str:
    return f"{kind}.{way}.{unit}"


def initial(grid: Grid) -> dict[str, Decimal | None]:
    """A grid as the form's values."""
    values: dict[str, Decimal | None] = {}
    for (kind, way), rates in grid.items():
        values |= {
            cell(kind, way, "cbm"): rates.per_cbm,
            cell(kind, way, "kg"): rates.per_kg,
        }
    return values


def from_prices(name: object, prices: Mapping[str, object]) -> dict[str, object]:
    """The API's nested prices as the form's values; what is unknown is kept, so that it can be
    refused.
    """
    values: dict[str, object] = {"name": name}
    for kind, ways in prices.items():
        for way, units in (ways if isinstance(ways, Mapping) else {}).items():
            for unit, value in (units if isinstance(units, Mapping) else {}).items():
                values[cell(str(kind), str(way), str(unit))] = value
    return values
