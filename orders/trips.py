"""A trip by its stages: forward through the table only; a dispatcher may put a wrong entry right,
with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from orders import lifecycle, notifications, true_times
from orders.errors import (
    AlreadyThere,
    BadValue,
    CannotAdvance,
    Forbidden,
)
from orders.history import author_of, plain
from orders.models import (
    Order,
    Source,
    Stage,
    Trip,
    TripEvent,
    TripStage,
)
from orders.stages import ORDER_AT, TRIP, Act
from orders.true_times import WAY
from tenants.actor import Actor
from tenants.drivers import bookings
from tenants.exchange import jobs
from tenants.permissions import Permission

ORDER_WAY = [Stage.ASSIGNED, Stage.IN_TRANSIT, Stage.DELIVERED]
MAY = frozenset(
    {
        Permission.TRIP_EDIT,
        Permission.DRIVER_APP,
        Permission.PARTNER_CREW,
    }
)


@transaction.atomic
def advance(
    *,
    trip: Trip,
    stage: str,
    by: Actor,
    at: datetime,
    source: str = Source.DRIVER,
    happened_at: datetime | None = None,
    facts: Mapping[str, object] | None = None,
    entry: UUID | None = None,
) -> TripEvent:
    """The trip reached its next stage, at `happened_at` (its true time; now when not given).

    Moves the public job with it, and the order to "in transit" when loaded, "delivered" when
    unloaded. The same stage pressed twice raises AlreadyThere and changes nothing. `entry` becomes
    the event's id: sent again it is known, even when the trip has moved on or was put back.
    """
    order = lifecycle.lock(Order(pk=trip.order_id))
    if entry:
        _refuse_again(trip, entry)
    row = _held(order, trip)
    _may_go(row, stage, by)
    return _reach(
        order,
        row,
        stage,
        by=by,
        at=at,
        source=source,
        true=true_times.of_stage(order, row, stage, happened_at, at=at, source=source),
        facts=facts,
        entry=entry,
    )


@transaction.atomic
def correct(
    *,
    trip: Trip,
    stage: str,
    reason: str,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> TripEvent:
    """Put the trip at another stage because the last entry was wrong. The order goes back or
    forward with it.
    """
    order = lifecycle.lock(Order(pk=trip.order_id))
    row = _held(order, trip)
    if not by.can(Permission.TRIP_EDIT):
        raise Forbidden(_("You have no right to do this."))
    if not reason.strip():
        raise BadValue("reason", _("A reason is needed."))
    if stage not in WAY:
        raise BadValue("stage", _("There is no such stage."))
    if stage == row.stage:
        raise AlreadyThere(
            _("The trip already stands at “%(stage)s”.") % {"stage": row.stage_label}
        )
    facts = {"corrected_from": row.stage, "reason": reason.strip()}
    source = Source.DISPATCHER
    true = true_times.of_stage(order, row, stage, happened_at, at=at, source=source)
    return _reach(
        order,
        row,
        stage,
        by=by,
        at=at,
        source=source,
        true=true,
        facts=facts,
    )


def _refuse_again(trip: Trip, entry: UUID) -> None:
    """Raises AlreadyThere when this press was done before."""
    event = TripEvent.objects.filter(pk=entry).first()
    if event is None:
        return
    if event.trip_id != trip.pk:
        raise BadValue("entry", _("Reload the page and try again."))
    raise AlreadyThere(
        _("The trip already stands at “%(stage)s”.") % {"stage": event.get_stage_display()}
    )


def _held(order: Order, trip: Trip) -> Trip:
    """The trip, if it still moves. Order first, then trip: everybody locks in this order."""
    row = Trip.objects.select_for_update().get(pk=trip.pk)
    if row.replaced_at:
        raise CannotAdvance(_("This carrier was replaced; the trip is over."))
    if order.stage not in ORDER_WAY:
        raise CannotAdvance(
            _("The order is “%(stage)s”; its trip no longer moves.") % {"stage": order.stage_label}
        )
    return row


def _may_go(trip: Trip, stage: str, by: Actor) -> None:
    if not by.permissions & MAY:
        raise Forbidden(_("You have no right to do this."))
    if stage in TRIP[trip.stage]:
        return
    named = {"stage": trip.stage_label, "next": stage}
    if stage not in WAY:
        raise BadValue("stage", _("There is no such stage."))
    if WAY.index(stage) <= WAY.index(trip.stage):
        raise AlreadyThere(_("The trip already stands at “%(stage)s”.") % named)
    nexts = ", ".join(str(TripStage(after).label) for after in TRIP[trip.stage])
    raise CannotAdvance(_("The next stage is “%(next)s”.") % {"next": nexts})


def _reach(
    order: Order,
    trip: Trip,
    stage: str,
    *,
    by: Actor,
    at: datetime,
    source: str,
    true: datetime,
    facts: Mapping[str, object] | None,
    entry: UUID | None = None,
) -> TripEvent:
    trip.stage = stage
    position = WAY.index(stage)
    trip.started_at = (trip.started_at or true) if position else None
    trip.finished_at = (
        (trip.finished_at or true) if position >= WAY.index(TripStage.UNLOADED) else None
    )
    trip.save(update_fields=["stage", "started_at", "finished_at"])
    event = write(
        trip,
        by=by,
        at=at,
        true=true,
        source=source,
        facts=facts or {},
        entry=entry,
    )
    jobs.move_job(job_id=trip.job_id, stage=stage, at=at)
    notifications.of_stage(order, trip, by=by, at=at)
    if stage == TripStage.UNLOADED:
        bookings.release(trip_id=trip.pk, at=at)  # driver and vehicle are free for the next trip
    _carry_order(
        order,
        ORDER_AT[stage],
        by=by,
        at=at,
        true=true,
        facts={"trip": trip.pk, **(facts or {})},
    )
    return event


def write(
    trip: Trip,
    *,
    by: Actor | None,
    at: datetime,
    true: datetime,
    source: str,
    facts: Mapping[str, object],
    entry: UUID | None = None,
) -> TripEvent:
    person, name = author_of(by)
    return TripEvent.objects.create(
        id=entry or uuid4(),
        trip=trip,
        stage=trip.stage,
        at=min(true, at),
        entered_at=at,
        by=person,
        by_name=name,
        source=source,
        facts=plain(facts),
    )


def _carry_order(
    order: Order,
    target: str,
    *,
    by: Actor,
    at: datetime,
    true: datetime,
    facts: Mapping[str, object],
) -> None:
    """Step by step to the stage that the trip's stage makes of the order."""
    while order.stage != target:
        place = ORDER_WAY.index(Stage(order.stage))
        target_place = ORDER_WAY.index(Stage(target))
        act = (
            Act.RECTIFY
            if target_place < place
            else Act.LOAD
            if order.stage == Stage.ASSIGNED
            else Act.DELIVER
        )
        lifecycle.advance(order=order, act=act, by=by, at=at, reached_at=true, facts=facts)
