"""The body of an order as the acts take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from uuid import UUID

from django.utils.translation import gettext as _

from orders import queries
from orders.drafts import CargoData, OrderData, StopData
from orders.errors import BadValue
from orders.stop_places import Spot, spot_sent
from tenants.kit.serializers import Values

NAMES = {field.name for field in fields(OrderData)}


def order_data(values: Values, base: OrderData) -> OrderData:
    """The body over what stands; places we know get their point on the map."""
    values = {**values}
    values.pop("version", None)
    if "client" in values:
        values["client_id"] = _client(values.pop("client"), base.client_id)
    if "responsible" in values:
        _check_person(values["responsible"], base.responsible)
    if "stops" in values:
        values["stops"] = _stops(values["stops"])
    if "cargo" in values:
        values["cargo"] = tuple(CargoData(**line) for line in values["cargo"])
    if "loading_types" in values:
        values["loading_types"] = tuple(values["loading_types"])
    return replace(
        base,
        **{name: value for name, value in values.items() if name in NAMES},
    )


def _client(company_id: UUID | None, in_force: UUID | None) -> UUID | None:
    """The client that is named. An archived one only stays where it stands."""
    if company_id and not queries.is_client(company_id, in_force=in_force):
        raise BadValue("client", _("There is no such client."))
    return company_id


def _check_person(member_id: UUID | None, in_force: UUID | None) -> None:
    """Whether an order may be given to this person, as its form offers it. Raises BadValue."""
    offered = {pk for pk, _name in queries.people(in_force=in_force)}
    if member_id and str(member_id) not in offered:
        raise BadValue("responsible", _("There is no such choice."))


def _stops(bodies: Sequence[Values]) -> tuple[StopData, ...]:
    """The stops in their order. Raises BadValue with the path of the field."""
    stops: list[StopData] = []
    for number, body in enumerate(bodies):
        try:
            stops.append(_stop({**body}))
        except BadValue as problem:
            field = f"stops.{number}.{problem.field}"
            raise BadValue(field, str(problem)) from problem
    return tuple(stops)


def _stop(values: Values) -> StopData:
    values["on"] = values.pop("date", None)
    sent = Spot(
        values.pop("place", ""),
        values.pop("place_id", None),
        values.pop("country", ""),
        values.pop("lat", None),
        values.pop("lon", None),
    )
    return StopData(**values, **asdict(spot_sent(sent)))
