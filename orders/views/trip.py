"""The trip's tab of an order's card: stages, map, incidents, driver and vehicle."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders import assignment, carrier_view, incidents, queries, trips
from orders.errors import BadValue
from orders.forms.assign import CrewForm
from orders.forms.trip import CorrectForm, CostedIncidentForm, StageForm
from orders.models import Order, Source, Stage, Trip, TripStage
from orders.stages import TRIP
from orders.views import timeline
from orders.views.card import context
from orders.views.said import answers_refusals, conflict
from tenants.drivers import positions
from tenants.drivers.models import SeenPosition
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

MOVING = (Stage.ASSIGNED, Stage.IN_TRANSIT, Stage.DELIVERED)


@require_GET
@needs(Permission.TRIP_VIEW)
def trip_tab(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    shown = context(request, order, "trip")
    trip: Trip | None = shown["trip"]
    shown["past"] = list(
        Trip.objects.filter(order=order, replaced_at__isnull=False).order_by("-replaced_at")
    )
    if trip is None:
        return page(request, "orders/trip.html", shown)
    moves = order.stage in MOVING and request.actor.can(Permission.TRIP_EDIT)
    track = positions.track(trip.job_id)
    shown |= {
        "steps": steps(
            trip.stage,
            border=carrier_view.has_border(order.stops.all()),
            passed=_was_at_border(trip),
        ),
        "events": timeline.of_trip(trip),
        "moves": moves,
        "stage_form": StageForm(trip=trip, auto_id="stage-%s"),
        "correct_form": CorrectForm(auto_id="correct-%s"),
        "next": bool(TRIP[trip.stage]),
        "incident_form": CostedIncidentForm(
            initial={"currency": trip.currency}, auto_id="incident-%s"
        ),
        "crew_form": CrewForm(trip=trip, auto_id="crew-%s") if moves else None,
        "incidents": list(trip.incidents.order_by("-at")),
        "map": map_of(order, track, clock.now()),
        "last": _last(track, clock.now()),
    }
    return page(request, "orders/trip.html", shown)


def _was_at_border(trip: Trip) -> bool:
    return trip.events.filter(stage=TripStage.BORDER).exists()


def steps(stage: str, *, border: bool, passed: bool = False) -> list[dict[str, str]]:
    """The way of a trip as steps: done, now, next; a border only where there is one, and not when
    it was passed by.
    """
    ahead = TripStage.values.index(stage) < TripStage.values.index(TripStage.BORDER)
    shown = stage == TripStage.BORDER or (border if ahead else passed)
    way = [one for one in TripStage.values if one != TripStage.BORDER or shown]
    here = way.index(stage)
    return [
        {
            "label": str(TripStage(one).label),
            "state": "done" if place < here else "now" if place == here else "next",
        }
        for place, one in enumerate(way)
    ]


def map_of(order: Order, track: list[SeenPosition], now: datetime) -> dict[str, Any]:
    """Stops, the track, and the last point with its age."""
    stops = [
        {
            "lat": stop.lat,
            "lon": stop.lon,
            "label": stop.place,
            "tone": "1",
        }
        for stop in order.stops.all()
        if stop.lat is not None
    ]
    path = [[stop["lon"], stop["lat"]] for stop in stops]
    features: dict[str, Any] = {
        "points": stops,
        "lines": [{"path": path, "dashed": True}] if len(path) > 1 else [],
    }
    if track:
        features["lines"].append({"path": [[point.lon, point.lat] for point in track]})
        last = track[-1]
        features["points"].append(
            {
                "lat": last.lat,
                "lon": last.lon,
                "label": _last(track, now),
                "tone": "good",
                "stale": positions.is_stale(last.at, now),
            }
        )
    return features


def _last(track: list[SeenPosition], now: datetime) -> str:
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


def _valid(request: OfficeRequest, form: forms.Form) -> dict[str, Any]:
    """The form's values. Raises BadValue with the first fault, in words."""
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise BadValue(
            name,
            f"{label}: {' '.join(map(str, faults))}" if label else " ".join(map(str, faults)),
        )
    return form.cleaned_data


def _back(request: OfficeRequest, ref: str) -> HttpResponse:
    return go(request, reverse("orders:order-trip", args=[ref]))


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def advance(request: OfficeRequest, ref: str) -> HttpResponse:
    """A stage as the driver told it by phone."""
    trip = _trip(request, ref)
    wanted = request.POST.get("stage", "")
    form = StageForm(request.POST, trip=trip)
    moment = (
        form.cleaned_data.get("happened_at")
        if form.is_valid() or "happened_at" in form.cleaned_data
        else None
    )
    if "happened_at" in form.errors:
        return conflict(request, " ".join(map(str, form.errors["happened_at"])))
    trips.advance(
        trip=trip,
        stage=wanted,
        happened_at=moment,
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
    values = _valid(request, CorrectForm(request.POST))
    trips.correct(
        trip=trip,
        stage=values["stage"],
        reason=values["reason"],
        by=request.actor,
        at=clock.now(),
    )
    return _back(request, ref)


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def incident(request: OfficeRequest, ref: str) -> HttpResponse:
    trip = _trip(request, ref)
    values = _valid(request, CostedIncidentForm(request.POST))
    incidents.report(trip=trip, by=request.actor, at=clock.now(), **values)
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
    cost = _valid(request, form)["cost"]
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
    values = _valid(request, form)
    assignment.set_crew(
        trip=trip,
        driver=form.chosen_driver(),
        vehicle=form.chosen_vehicle(),
        together=values["together"],
        by=request.actor,
        at=clock.now(),
    )
    return _back(request, ref)
