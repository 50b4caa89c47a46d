"""Whether the contracts of an order's companies are with the own firms that sell and hire."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from companies import contracts
from companies.models import FIRST_FIRM, Company, Contract
from companies.queries import firm_names, own_details
from orders.models import Order, Trip


@dataclass(frozen=True, slots=True)
class Sides:
    """A company of the order, the kind of its contract, and our firm on the other side of it."""

    company: Company
    kind: Contract.Kind
    firm_id: int | None


def firm_doubts(order: Order) -> list[str]:
    """What the office should know: a contract that stands is with another own firm than the order.

    It never blocks (SPEC T-2): the request is then a one-off contract. With one firm there is
    nothing to say.
    """
    names = firm_names()
    if not names:
        return []
    doubts = [_doubt(sides, names) for sides in _sides_of(order)]
    return [doubt for doubt in doubts if doubt]


def _sides_of(order: Order) -> list[Sides]:
    sides = []
    if order.client:
        sides.append(Sides(order.client, Contract.Kind.CLIENT, order.seller_firm))
    trips = Trip.objects.select_related("partner")
    trip = trips.filter(order=order, replaced_at=None).first()
    if trip and trip.partner:
        sides.append(Sides(trip.partner, Contract.Kind.PARTNER, order.hiring_firm))
    return sides


def _doubt(sides: Sides, names: dict[int, str]) -> str:
    firm = own_details(sides.firm_id)
    if contracts.current(sides.company, sides.kind, firm.pk):
        return ""
    other = contracts.current(sides.company, sides.kind)
    if other is None:
        return ""
    words = (
        _(
            "The order is sold by “%(firm)s”, but the client's contract № %(number)s is with “%(other)s”."
        )
        if sides.kind == Contract.Kind.CLIENT
        else _(
            "The carrier is hired by “%(firm)s”, but its contract № %(number)s is with “%(other)s”."
        )
    )
    return words % {
        "firm": firm.name,
        "number": other.number,
        "other": names.get(other.firm_id or FIRST_FIRM, ""),
    }
