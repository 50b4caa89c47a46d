"""What went wrong on a trip, and what it cost the reseller."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from orders import lifecycle, notifications
from orders.errors import BadValue, CannotAdvance
from orders.history import author_of, write_event
from orders.models import Incident, IncidentKind, Order, Trip
from orders.pricing import at_home
from orders.stages import EDITABLE
from tenants.actor import Actor


@transaction.atomic
def report(
    *,
    trip: Trip,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    cost: Decimal | None = None,
    currency: str = "",
    happened_at: datetime | None = None,
    entry: UUID | None = None,
) -> Incident:
    """Write down an incident; its cost, once known, lessens the order's result. History and audit
    hear of it. `entry` becomes its id: sent again, it is not written twice.
    """
    order = lifecycle.lock(Order(pk=trip.order_id))
    if entry and (written := Incident.objects.filter(pk=entry).first()):
        return _again(written, trip)
    if order.stage not in EDITABLE:
        raise CannotAdvance(
            _("The order is “%(stage)s”; its trip no longer moves.") % {"stage": order.stage_label}
        )
    if kind not in IncidentKind.values:
        raise BadValue("kind", _("Choose what happened."))
    if not text.strip():
        raise BadValue("text", _("Say in a few words what happened."))
    person, name = author_of(by)
    incident = Incident.objects.create(
        id=entry or uuid4(),
        trip=trip,
        kind=kind,
        text=text.strip(),
        cost=cost,
        currency=currency or trip.currency,
        at=_true_moment(trip, happened_at, at),
        by=person,
        by_name=name,
        cost_home=_home_cost(order, cost, currency or trip.currency),
    )
    facts = {
        "kind": kind,
        "text": incident.text,
        "cost": cost,
        "currency": incident.currency,
    }
    write_event(
        order=order,
        old=order.stage,
        act="incident",
        by=by,
        at=at,
        facts=facts,
    )
    notifications.of_incident(order, incident, by=by, at=at)
    return incident


def _again(written: Incident, trip: Trip) -> Incident:
    if written.trip_id != trip.pk:
        raise BadValue("entry", _("Reload the page and try again."))
    return written


def _true_moment(trip: Trip, happened_at: datetime | None, at: datetime) -> datetime:
    """When it happened; a phone's moment that cannot be is not believed."""
    if happened_at is None or not trip.assigned_at <= happened_at <= at:
        return at
    return happened_at


def _home_cost(order: Order, cost: Decimal | None, currency: str) -> Decimal | None:
    """In the reseller's currency by the order's own rates: the carrier's side, else the client's."""
    if cost is None:
        return None
    fx = {
        order.currency: order.client_fx,
        order.carrier_currency: order.carrier_fx,
    }
    if currency not in fx:
        raise BadValue(
            "currency",
            _("Enter the cost in the currency of the order."),
        )
    return at_home(cost, fx[currency])


@transaction.atomic
def price(*, incident: Incident, cost: Decimal, by: Actor, at: datetime) -> Incident:
    """The cost became known later."""
    order = lifecycle.lock(Order(pk=incident.trip.order_id))
    before = incident.cost
    incident.cost = cost
    incident.cost_home = _home_cost(order, cost, incident.currency)
    incident.save(update_fields=["cost", "cost_home"])
    facts = {
        "incident": incident.pk,
        "cost": [before, cost],
        "currency": incident.currency,
    }
    write_event(
        order=order,
        old=order.stage,
        act="incident",
        by=by,
        at=at,
        facts=facts,
    )
    return incident
