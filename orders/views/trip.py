"""The trip's tab of an order's card: stages, map, incidents, driver and vehicle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders import (
    assignment,
    carrier_view,
    crew_naming,
    incidents,
    links,
    queries,
    trips,
)
from orders.errors import BadValue
from orders.forms.assign import CrewForm
from orders.forms.trip import CorrectForm, CostedIncidentForm, StageForm
from orders.models import Incident, Order, Source, Stage, Trip, TripStage
from orders.stages import TRIP
from orders.views import timeline
from orders.views.card import OrderHead, head_of
from orders.views.refusals import answers_refusals, conflict
from tenants.drivers import positions
from tenants.drivers.models import SeenPosition
from tenants.kit import clock, formats
from tenants.kit.pieces import MapLine, MapPoint, MapShapes, Step, TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

MOVING = (Stage.ASSIGNED, Stage.IN_TRANSIT, Stage.DELIVERED)


@dataclass(frozen=True, slots=True)
class TripInForce:
    """The trip of the carrier who drives: stages, map, incidents, and the forms that move it."""

    trip: Trip
    steps: list[Step]
    events: list[TimelineEvent]
    may_move: bool
    has_next: bool
    stage_form: StageForm
    correct_form: CorrectForm
    incident_form: CostedIncidentForm
    crew_form: CrewForm | None
    may_name: bool  # the office may enter drivers and vehicles of this carrier
    incidents: list[Incident]
    map: MapShapes
    last_seen: str


@dataclass(frozen=True, slots=True)
class TripPage:
    """The tab of the trip; `past` are the carriers who were replaced."""

    order: Order
    head: OrderHead
    run: TripInForce | None
    past: list[Trip]


@require_GET
@needs(Permission.TRIP_VIEW)
def trip_tab(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the trip of the order, and those of carriers before."""
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    replaced = Trip.objects.filter(order=order, replaced_at__isnull=False)
    context = TripPage(
        order=order,
        head=head_of(request, order, "trip", trip),
        past=list(replaced.order_by("-replaced_at")),
        run=_in_force(request, order, trip) if trip else None,
    )
    return page(request, "orders/trip.html", context)


def _in_force(request: OfficeRequest, order: Order, trip: Trip) -> TripInForce:
    may_move = order.stage in MOVING and request.actor.can(Permission.TRIP_EDIT)
    track = positions.track(trip.job_id)
    now = clock.now()
    has_border = carrier_view.has_border(order.stops.all())
    currency = {"currency": trip.currency}
    return TripInForce(
        trip=trip,
        steps=steps(trip.stage, border=has_border, passed=_was_at_border(trip)),
        events=timeline.of_trip(trip),
        may_move=may_move,
        has_next=bool(TRIP[trip.stage]),
        stage_form=StageForm(trip=trip, auto_id="stage-%s"),
        correct_form=CorrectForm(auto_id="correct-%s"),
        incident_form=CostedIncidentForm(initial=currency, auto_id="incident-%s"),
        crew_form=CrewForm(trip=trip, auto_id="crew-%s") if may_move else None,
        may_name=may_move and crew_naming.may_name(trip.carrier_id),
        incidents=list(trip.incidents.order_by("-at")),
        map=map_of(order, track, now),
        last_seen=_last_seen(track, now),
    )


def _was_at_border(trip: Trip) -> bool:
    return trip.events.filter(stage=TripStage.BORDER).exists()


def steps(
    stage: str,
    *,
    border: bool,
    passed: bool = False,
) -> list[Step]:
    """The way of a trip as steps: done, now, next; a border only where there is one, and not when
    it was passed by.
    """
    stages = list(TripStage.values)
    is_ahead = stages.index(stage) < stages.index(TripStage.BORDER)
    shows_border = stage == TripStage.BORDER or (border if is_ahead else passed)
    if not shows_border:
        stages.remove(TripStage.BORDER)
    reached = stages.index(stage)
    return [
        Step(
            str(TripStage(name).label),
            "done" if place < reached else "now" if place == reached else "next",
        )
        for place, name in enumerate(stages)
    ]


def map_of(order: Order, track: list[SeenPosition], now: datetime) -> MapShapes:
    """Stops, the track, and the last point with its age."""
    points = [
        MapPoint(stop.lat, stop.lon, stop.place, tone="1")
        for stop in order.stops.all()
        if stop.lat is not None and stop.lon is not None
    ]
    lines = []
    if len(points) > 1:
        lines.append(MapLine([(point.lon, point.lat) for point in points], dashed=True))
    if track:
        last = track[-1]
        age = _last_seen(track, now)
        is_stale = positions.is_stale(last.at, now)
        lines.append(MapLine([(point.lon, point.lat) for point in track]))
        points.append(MapPoint(last.lat, last.lon, age, tone="good", stale=is_stale))
    return MapShapes(points, lines)


def _last_seen(track: list[SeenPosition], now: datetime) -> str:
    """How old the newest point is, said plainly."""
    if not track:
        return ""
    seen_at = track[-1].at
    return f"{formats.moment(seen_at)} ({formats.ago(seen_at, now)})"


def _trip(request: OfficeRequest, ref: str) -> Trip:
    """The trip in force of an order this person may see. Raises Http404."""
    trip = queries.current_trip(queries.order_for(request.actor, ref))
    if trip is None:
        raise Http404
    return trip


def _check(form: forms.Form) -> None:
    """Raise BadValue with the first fault of the form, in words; nothing when there is none."""
    if form.is_valid():
        return
    name, faults = next(iter(form.errors.items()))
    words = " ".join(map(str, faults))
    label = form.fields[name].label if name in form.fields else ""
    raise BadValue(name, f"{label}: {words}" if label else words)


def _back(request: OfficeRequest, ref: str) -> HttpResponse:
    return go(request, links.trip(ref))


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def advance(
    request: OfficeRequest,
    ref: str,
) -> HttpResponse:
    """Enter a stage as the driver told it by phone; the act checks the stage."""
    trip = _trip(request, ref)
    form = StageForm(request.POST, trip=trip)
    if "happened_at" in form.errors:
        return conflict(request, " ".join(map(str, form.errors["happened_at"])))
    trips.advance(
        trip=trip,
        stage=request.POST.get("stage", ""),
        happened_at=form.cleaned_data.get("happened_at"),
        source=Source.DISPATCHER,
        by=request.actor,
        at=clock.now(),
    )
    return _back(request, ref)


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def correct(request: OfficeRequest, ref: str) -> HttpResponse:
    trip = _trip(request, ref)
    form = CorrectForm(request.POST)
    _check(form)
    trips.correct(
        trip=trip,
        stage=form.cleaned_data["stage"],
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=clock.now(),
    )
    return _back(request, ref)


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def incident(request: OfficeRequest, ref: str) -> HttpResponse:
    trip = _trip(request, ref)
    form = CostedIncidentForm(request.POST)
    _check(form)
    incidents.report(trip=trip, by=request.actor, at=clock.now(), **form.cleaned_data)
    return _back(request, ref)


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def incident_cost(request: OfficeRequest, ref: str, incident_id: UUID) -> HttpResponse:
    """The cost became known later."""
    trip = _trip(request, ref)
    row = trip.incidents.filter(pk=incident_id).first()
    if row is None:
        raise Http404
    form = CostedIncidentForm(
        {
            "kind": row.kind,
            "text": row.text,
            "currency": row.currency,
            "cost": request.POST.get("cost", ""),
        }
    )
    _check(form)
    cost = form.cleaned_data["cost"]
    if cost is None:
        raise BadValue("cost", _("Enter the cost."))
    incidents.price(incident=row, cost=cost, by=request.actor, at=clock.now())
    return _back(request, ref)


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def crew(request: OfficeRequest, ref: str) -> HttpResponse:
    """The same carrier sends somebody else."""
    trip = _trip(request, ref)
    form = CrewForm(request.POST, trip=trip)
    _check(form)
    assignment.set_crew(
        trip=trip,
        driver=form.chosen_driver(),
        vehicle=form.chosen_vehicle(),
        together=form.cleaned_data["together"],
        by=request.actor,
        at=clock.now(),
    )
    return _back(request, ref)
