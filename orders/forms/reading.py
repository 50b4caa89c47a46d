"""Between an order's data and its forms: initial values, and what was changed in them.

A form writes only what it shows. What a page did not send stays as it is on the order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django import forms
from django.forms import BaseFormSet

from companies.addresses import stop_values
from companies.models import Address
from orders.drafts import CargoData, OrderData, StopData, fields_of
from orders.forms.order import CargoForm, OrderForm, StopForm
from orders.models import Form
from orders.stop_places import spot_of_text
from tenants.kit.form_changes import changed_values

Line = TypeVar("Line", StopData, CargoData)
RowForm = TypeVar("RowForm", StopForm, CargoForm)
Values = dict[str, object]

# What the simplified face does not show.
UNSEEN_OF_ORDER = (
    "adr",
    "temperature_from",
    "temperature_to",
    "loading_types",
    "customs",
    "payment_terms",
    "payment_days",
    "carrier_payment",
    "carrier_terms",
)
UNSEEN_OF_STOP = (
    "time_from",
    "time_to",
    "company_address",
    "address",
    "company",
    "contact",
    "phone",
    "DELETE",
)
UNSEEN_OF_CARGO = ("packages", "packing", "value", "adr", "un_number", "DELETE")
OTHER_SUMS = (
    "client_price",
    "currency",
    "client_fx",
    "carrier_rate",
    "carrier_currency",
    "carrier_fx",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """Initial values of the three forms."""

    order: dict[str, object]
    stops: list[dict[str, object]]
    cargo: list[dict[str, object]]


def filled(data: OrderData) -> Filled:
    """Initial values of the three forms for an order that exists."""
    order = fields_of(data)
    del order["stops"], order["cargo"]
    order["client"] = str(data.client_id or "")
    order["loading_types"] = list(data.loading_types)
    order["responsible"] = str(data.responsible or "")
    return Filled(
        order,
        [fields_of(stop) for stop in data.stops],
        [fields_of(line) for line in data.cargo],
    )


def read(
    form: OrderForm,
    stops: BaseFormSet[StopForm],
    cargo: BaseFormSet[CargoForm],
    *,
    face: str,
    base: OrderData | None = None,
) -> OrderData:
    """The order's data out of three valid forms; `face` is the shown one, `base` what stands."""
    is_simple = face == Form.SIMPLE
    values = changed_values(form, unseen=UNSEEN_OF_ORDER if is_simple else ())
    base = base or OrderData()
    data = replace(
        base,
        form=face,
        stops=_stops(stops, base.stops, UNSEEN_OF_STOP if is_simple else ()),
        cargo=_cargo(cargo, base.cargo, UNSEEN_OF_CARGO if is_simple else ()),
        **_of_order(values),  # type: ignore[arg-type]
    )
    return _with_margin(data, form, values)


def _of_order(values: Mapping[str, object]) -> Values:
    """The form's names turned into those of the data; the margin is read apart."""
    named = {**values}
    for name in ("version", "sure", "margin", "margin_percent"):
        named.pop(name, None)
    if "client" in named:
        named["client_id"] = _id(named.pop("client"))
    if "responsible" in named:
        named["responsible"] = _id(named["responsible"])
    if "loading_types" in named:
        named["loading_types"] = tuple(named["loading_types"])  # type: ignore[arg-type]
    return named


def _id(text: object) -> UUID | None:
    return UUID(str(text)) if text else None


def _with_margin(data: OrderData, form: OrderForm, changed: Mapping[str, object]) -> OrderData:
    """The margin counts where one of the two sums is missing. Typed alone, it moves the rate and
    never the client's price.
    """
    amount = form.cleaned_data.get("margin")
    percent = form.cleaned_data.get("margin_percent")
    if amount is None and percent is None:
        return data
    is_alone = not any(name in changed for name in OTHER_SUMS)
    is_other_share = "margin_percent" in changed and _is_other(percent, form["margin_percent"])
    if is_alone and "margin" in changed and amount is not None:
        return replace(data, carrier_rate=None, margin=amount)
    if is_alone and is_other_share:
        return replace(data, carrier_rate=None, margin_percent=percent)
    return replace(data, margin=amount, margin_percent=percent)


def _is_other(percent: Decimal | None, bound: forms.BoundField) -> bool:
    """Whether the share was typed, and not only rounded in another way by the browser."""
    shown = bound.initial
    if percent is None or not isinstance(shown, Decimal):
        return percent is not None
    return abs(percent - shown) > Decimal("0.01")


def _stops(
    formset: BaseFormSet[StopForm],
    base: tuple[StopData, ...],
    unseen: Collection[str],
) -> tuple[StopData, ...]:
    stops = [_stop(form, old, unseen) for form, old in _rows(formset, base)]
    return tuple(stop for stop in stops if stop) + base[len(formset.forms) :]


def _stop(form: StopForm, old: StopData | None, unseen: Collection[str]) -> StopData | None:
    """The stop; a place that was typed gets its point on the map when it is one we know."""
    changed = changed_values(form, unseen=unseen)
    changed.pop("DELETE", None)
    is_chosen = "company_address" in changed
    address = changed.pop("company_address", None)
    values = (fields_of(old) if old else {}) | changed
    if is_chosen:
        values["company_address"] = None
    if address is not None:
        values |= _missing(address, values)
    if not values.get("place"):
        return None
    if values["place"] != (old.place if old else ""):
        values |= asdict(spot_of_text(str(values["place"])))
        values["company_address"] = None
    if address is not None and values["place"] == address.place:
        values |= _of_address(address)
    return StopData(**values)  # type: ignore[arg-type]


def _missing(address: Address, values: Values) -> Values:
    """What the address says and the page left empty."""
    texts = stop_values(address)
    return {name: text for name, text in texts.items() if not values.get(name)}


def _of_address(address: Address) -> Values:
    """Which address it is, and its own point where it has one."""
    if address.lat is None or address.lon is None:
        return {"company_address": address.pk}
    return {"company_address": address.pk, "lat": address.lat, "lon": address.lon}


def _cargo(
    formset: BaseFormSet[CargoForm],
    base: tuple[CargoData, ...],
    unseen: Collection[str],
) -> tuple[CargoData, ...]:
    lines = [_line(form, old, unseen) for form, old in _rows(formset, base)]
    return tuple(line for line in lines if line) + base[len(formset.forms) :]


def _line(form: CargoForm, old: CargoData | None, unseen: Collection[str]) -> CargoData | None:
    changed = changed_values(form, unseen=unseen)
    changed.pop("DELETE", None)
    values = (fields_of(old) if old else {}) | changed
    return CargoData(**values) if values.get("name") else None  # type: ignore[arg-type]


def _rows(
    formset: BaseFormSet[RowForm], base: tuple[Line, ...]
) -> Iterator[tuple[RowForm, Line | None]]:
    """The rows that stay, each with what stands on the order at its place."""
    for place, form in enumerate(formset.forms):
        if not form.cleaned_data.get("DELETE"):
            yield form, base[place] if place < len(base) else None
