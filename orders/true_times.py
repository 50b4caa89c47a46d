"""When something truly was, as against when it was entered: the true time stands, or is refused.

Refused is only what cannot be: after now, before the stage before it, or more than thirty days
before the order's first day. The refusal says which time stands in the way.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from orders.errors import BadValue
from orders.models import Order, Source, Trip, TripEvent, TripStage
from tenants.kit import formats
from tenants.office.current import current_reseller

WAY = list(TripStage.values)
CLOCK_SKEW = timedelta(minutes=10)  # a phone's clock may differ from ours by as much
BEFORE_ORDER = timedelta(days=30)
KNOWN = "agreed"  # a fact of an assignment: its time was said, not only entered
CORRECTED = "corrected_from"


def of_stage(
    order: Order,
    trip: Trip,
    stage: str,
    happened_at: datetime | None,
    *,
    at: datetime,
    source: str,
) -> datetime:
    """The true time of a stage. A phone's clock that is a little off is set to ours. Raises
    BadValue.
    """
    if happened_at is None:
        return at
    if happened_at > at and source == Source.DRIVER:
        happened_at = at
    _check_window(order, happened_at, "happened_at", at)
    before = _stage_before(trip, stage)
    if before is None or happened_at >= before.at:
        return happened_at
    if source == Source.DRIVER and happened_at >= before.at - CLOCK_SKEW:
        return before.at
    raise BadValue(
        "happened_at",
        _("“%(stage)s” stands at %(at)s: this cannot have been before it.")
        % {"stage": before.get_stage_display(), "at": formats.moment(before.at)},
    )


def of_assignment(order: Order, agreed_at: datetime | None, *, at: datetime) -> datetime:
    """When it was agreed who drives; now when nobody says. Raises BadValue."""
    if agreed_at is None:
        return at
    _check_window(order, agreed_at, "agreed_at", at)
    return agreed_at


def _check_window(order: Order, moment: datetime, field: str, at: datetime) -> None:
    if moment > at:
        raise BadValue(field, _("This moment has not come yet."))
    zone = current_reseller().zone
    days = [stop.on for stop in order.stops.all() if stop.on]
    first = min([*days, order.created_at.astimezone(zone).date()])
    if moment < datetime.combine(first, time.min, zone) - BEFORE_ORDER:
        raise BadValue(
            field,
            _("The order begins on %(day)s: this is more than 30 days before it.")
            % {"day": formats.day(first)},
        )


def _stage_before(trip: Trip, stage: str) -> TripEvent | None:
    """The latest entry of an earlier stage. An assignment whose time nobody said, and a correction
    back to a stage whose own entry is there, say nothing about the true time.
    """
    place = WAY.index(stage)
    earlier = [event for event in trip.events.all() if WAY.index(event.stage) < place]
    entered = {event.stage for event in earlier if CORRECTED not in event.facts}
    counted = [
        event
        for event in earlier
        if not _is_guessed(event) and not (CORRECTED in event.facts and event.stage in entered)
    ]
    return max(counted, key=lambda event: event.at, default=None)


def _is_guessed(event: TripEvent) -> bool:
    return event.stage == TripStage.ASSIGNED and KNOWN not in event.facts
