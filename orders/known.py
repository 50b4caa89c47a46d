"""What is known of an order, asked by name: the third column of the table of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from orders.models import Order, StopKind
from orders.stages import Need

Facts = Mapping[str, Any]


def _route(order: Order, _facts: Facts) -> bool:
    kinds = set(order.stops.values_list("kind", flat=True))
    return {StopKind.LOADING, StopKind.UNLOADING} <= kinds


def _cargo(order: Order, _facts: Facts) -> bool:
    return bool(order.cargo_name)


KNOWN: dict[Need, Callable[[Order, Facts], bool]] = {
    Need.CLIENT: lambda order, _facts: order.client_id is not None,
    Need.ROUTE: _route,
    Need.CARGO: _cargo,
    Need.PRICE: lambda order, _facts: order.client_price is not None,
    Need.RATE: lambda order, _facts: order.carrier_rate is not None,
    Need.AGREED: lambda order, _facts: order.agreed_at is None,
    Need.REASON: lambda _order, facts: bool(str(facts.get("reason", "")).strip()),
}


def missing(order: Order, needs: Iterable[Need], facts: Facts) -> list[Need]:
    return [need for need in needs if not KNOWN[need](order, facts)]
