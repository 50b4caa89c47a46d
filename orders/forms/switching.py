"""Between the simplified and the detailed face of an order's form: nothing typed gets lost."""

from __future__ import annotations

import re

from django.http import QueryDict

from orders.forms.order import CargoForm, CargoForms, OrderForm, StopForm, StopForms
from orders.forms.reading import (
    UNSEEN_OF_CARGO,
    UNSEEN_OF_ORDER,
    UNSEEN_OF_STOP,
    Filled,
)
from orders.models import Form

Initial = dict[str, object]
BOXES = ("customs", "loading_types")
MOST = {"stop": StopForms.max_num, "cargo": CargoForms.max_num}
ROW = re.compile(r"(stop|cargo)-\d+-(\w+)")
UNSEEN_OF_ROW = {"stop": UNSEEN_OF_STOP, "cargo": UNSEEN_OF_CARGO}


def carried(data: QueryDict, before: str, face: str) -> list[tuple[str, str]]:
    """The values that the simplified face does not show but sends again, hidden.

    Coming from the detailed face, an unticked box is sent as an empty value.
    """
    if face != Form.SIMPLE:
        return []
    pairs = [(name, value) for name, values in data.lists() if _is_unseen(name) for value in values]
    unticked = BOXES if before == Form.DETAILED else ()
    return pairs + [(name, "") for name in unticked if name not in data]


def _is_unseen(name: str) -> bool:
    row = ROW.fullmatch(name)
    return row[2] in UNSEEN_OF_ROW[row[1]] if row else name in UNSEEN_OF_ORDER


def typed(data: QueryDict, base: Filled, *, face: str, adds: str) -> Filled:
    """What was typed so far over what stands on the order; `adds` names the rows that get one more."""
    order: Initial = {
        name: data.get(name, base.order.get(name, "")) for name in OrderForm.base_fields
    }
    for name in BOXES:
        order[name] = _ticked(data, name, base.order.get(name), face)
    return Filled(
        order,
        _rows(data, "stop", StopForm, base.stops, adds),
        _rows(data, "cargo", CargoForm, base.cargo, adds),
    )


def _ticked(data: QueryDict, name: str, stands: object, face: str) -> object:
    """The boxes as sent. A browser sends no unticked box, and none that was not shown."""
    if name in data:
        return [value for value in data.getlist(name) if value]
    return stands if face == Form.SIMPLE else []


def _rows(
    data: QueryDict,
    prefix: str,
    form: type[StopForm | CargoForm],
    base: list[Initial],
    adds: str,
) -> list[Initial]:
    """What was typed into the rows of a formset, one row more where it is asked for."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "1")
    rows = int(total) if total.isdecimal() and len(total) < 5 else 1
    rows = min(rows + (adds == prefix), MOST[prefix])
    names = [*form.base_fields, "DELETE"]
    stands = [*base, *({} for _row in range(rows))]
    return [
        {name: data.get(f"{prefix}-{row}-{name}", stands[row].get(name, "")) for name in names}
        for row in range(rows)
    ]
