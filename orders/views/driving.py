"""Jobs as whoever drives them sees them: the driver's app, a partner's cabinet, a reseller's own
fleet.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.models import Document
from documents.queries import documents_for
from orders import bidding, driving
from orders.errors import AlreadyThere, BadValue, Refused
from orders.forms.assign import Picked, fill_crew
from orders.forms.trip import IncidentForm
from orders.models import Trip, TripStage
from orders.papers import subject
from orders.queries.order_list import PAGE
from orders.stages import TRIP
from orders.views.places import corner
from orders.views.refusals import answers_refusals, conflict
from orders.views.trip import steps
from orders.words import trip_pill
from tenants.context import current
from tenants.drivers import positions
from tenants.drivers.positions import BadPoint, Fix
from tenants.exchange import jobs
from tenants.exchange.models import Job, Offer
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, go, page
from tenants.permissions import Kind

ICONS = {
    "loading": "truck-loading",
    "unloading": "package",
    "border": "flag",
    "customs": "rubber-stamp",
}


def _jobs(request: OfficeRequest) -> QuerySet[Job]:
    """A driver's own, a partner's, or what the reseller's fleet drives for others."""
    who = request.actor
    if who.kind is Kind.DRIVER:
        return jobs.jobs_of(driver_id=who.driver_id)
    if who.kind is Kind.PARTNER:
        try:
            return jobs.jobs_of(carrier_id=bidding.carrier_of(who, at=clock.now()))
        except Refused:
            return Job.objects.none()
    return jobs.driven_by(current().role).exclude(owner_role=current().role)


@require_GET
def job_list(request: OfficeRequest) -> HttpResponse:
    """Trips under way first, then the latest ended ones."""
    place = corner(request.actor)
    rows = _jobs(request)
    active = rows.filter(closed_at=None)
    ended = rows.exclude(closed_at=None)
    waiting = 0
    if place.prefix:
        try:
            mine = bidding.outgoing(request.actor, at=clock.now())
            waiting = mine.filter(status=Offer.Status.OPEN, turn="carrier").count()
        except Refused:
            waiting = 0
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "active": [_line(job, place.prefix) for job in active[:PAGE]],
        "ended": [_line(job, place.prefix) for job in ended[:20]],
        "waiting": waiting,
    }
    return page(request, "driving/home.html", context)


def _line(job: Job, prefix: str) -> dict[str, Any]:
    first, last = (job.stops[0], job.stops[-1]) if job.stops else ({}, {})
    stage = job.stage if job.stage in TripStage.values else ""
    return {
        "url": f"{prefix}/jobs/{job.pk}/",
        "ref": job.order_ref,
        "owner": job.owner_name,
        "from": first.get("place", "—"),
        "to": last.get("place", "—"),
        "on": _day(first),
        "rate": formats.money(job.rate, job.currency),
        "pill": trip_pill(stage) if stage else "",
        "cancelled": job.stage == Job.Stage.CANCELLED,
        "cargo": ", ".join(line.get("name", "") for line in job.cargo),
    }


def _day(stop: dict[str, Any]) -> str:
    """Jobs keep plain JSON; people read days their own way."""
    return formats.day(date.fromisoformat(stop["on"])) if stop.get("on") else ""


def _stop(stop: dict[str, Any]) -> dict[str, Any]:
    return stop | {
        "icon": ICONS.get(stop.get("kind", ""), "map-pin"),
        "map": _map_link(stop),
        "on": _day(stop),
    }


def _measured(line: dict[str, Any]) -> dict[str, Any]:
    shown = {
        name: formats.number(Decimal(line[name]))
        for name in ("weight_kg", "volume_m3")
        if line.get(name)
    }
    return line | shown


@require_GET
def job_card(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """Where to go, whom to ask for, and the one next stage."""
    place = corner(request.actor)
    job = driving.job_for(request.actor, job_id)
    open_ = job.closed_at is None and job.stage in TripStage.values
    last = positions.last_known([job.pk]).get(job.pk)
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "job": job,
        "line": _line(job, place.prefix),
        "stops": [_stop(stop) for stop in job.stops],
        "cargo": [_measured(line) for line in job.cargo],
        "steps": steps(job.stage, border=_border(job)) if open_ else [],
        "nexts": _nexts(job) if open_ else [],
        "papers": _papers(request, job),
        "is_open": open_,
        "is_driver": place.is_driver,
        "last": _age(last.at if last else None, clock.now()),
        "is_old": last is not None and clock.now() - last.at > timedelta(hours=2),
        "incident_form": IncidentForm(auto_id="incident-%s"),
        "crew_form": _crew(job) if open_ and not place.is_driver else None,
    }
    return page(request, "driving/job.html", context)


def _papers(request: OfficeRequest, job: Job) -> list[Document]:
    """A partner's own papers of a trip for its own reseller; those of another reseller lie in that
    one's books.
    """
    if request.actor.kind is not Kind.PARTNER or job.owner_role != current().role:
        return []
    trip = Trip.objects.select_related("order").filter(pk=job.trip_id).first()
    return (
        list(
            documents_for(request.actor).filter(subject=subject(trip.order)).order_by("-issued_at")
        )
        if trip
        else []
    )


def _nexts(job: Job) -> list[dict[str, str]]:
    """The next stage; before a border two ways are open, the border first if there is one."""
    ways = [{"stage": one, "label": str(TripStage(one).label)} for one in TRIP[job.stage]]
    return ways if _border(job) else ways[::-1]


def _border(job: Job) -> bool:
    countries = {stop.get("country") for stop in job.stops if stop.get("country")}
    return len(countries) > 1 or any(
        stop.get("kind") in ("border", "customs") for stop in job.stops
    )


def _map_link(stop: dict[str, Any]) -> str:
    """For the phone's own map."""
    return (
        f"geo:{stop['lat']},{stop['lon']}"
        if stop.get("lat") is not None and stop.get("lon") is not None
        else ""
    )


def _age(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    minutes = int((now - moment).total_seconds() // 60)
    return (
        _("%(n)s min ago") % {"n": minutes}
        if minutes < 120
        else _("%(n)s h ago") % {"n": minutes // 60}
    )


def _crew(job: Job) -> Picked:
    form = Picked(
        initial={
            "driver": str(job.driver_id or ""),
            "vehicle": str(job.vehicle_id or ""),
        },
        auto_id="crew-%s",
    )
    fill_crew(form, job.carrier_id)
    return form


def _back(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    return go(request, f"{corner(request.actor).prefix}/jobs/{job_id}/")


@require_POST
@answers_refusals
def advance(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """The one big button; `at` is the phone's time when it was pressed without a network."""
    job = driving.job_for(request.actor, job_id)
    pressed = parse_datetime(request.POST.get("at", "")) if request.POST.get("at") else None
    pressed = pressed if pressed and pressed.tzinfo else None
    try:
        driving.advance(
            job=job,
            stage=request.POST.get("stage", ""),
            happened_at=pressed,
            by=request.actor,
            at=clock.now(),
        )
    except AlreadyThere as said:
        messages.info(request, str(said))
    return _back(request, job_id)


@require_POST
@answers_refusals
def incident(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    job = driving.job_for(request.actor, job_id)
    form = IncidentForm(request.POST)
    if not form.is_valid():
        return conflict(request, _("Say in a few words what happened."))
    driving.report(
        job=job,
        by=request.actor,
        at=clock.now(),
        **form.cleaned_data,
    )
    messages.success(request, _("Reported: the dispatcher sees it."))
    return _back(request, job_id)


@require_POST
@answers_refusals
def crew(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """Who of the carrier's own people drives."""
    job = driving.job_for(request.actor, job_id)
    form = Picked(request.POST)
    fill_crew(form, job.carrier_id)
    if not form.is_valid():
        raise BadValue("driver", _("Choose from the list."))
    driving.crew(
        job=job,
        driver=form.chosen_driver(),
        vehicle=form.chosen_vehicle(),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Saved."))
    return _back(request, job_id)


@require_POST
def track(request: OfficeRequest, job_id: UUID) -> JsonResponse:
    """Positions from the phone: a JSON list of {at, lat, lon}, sent again until answered, stored
    once.
    """
    job = driving.job_for(request.actor, job_id)
    try:
        points = [_fix(point) for point in json.loads(request.body or b"[]")]
        stored = driving.track(job=job, by=request.actor, points=points, at=clock.now())
    except (BadPoint, ValueError, KeyError, TypeError):
        return JsonResponse(
            {"stored": 0, "why": _("These positions cannot be.")},
            status=422,
        )
    except Refused as said:
        return JsonResponse({"stored": 0, "why": str(said)}, status=409)
    return JsonResponse({"stored": stored})


def _fix(point: dict[str, Any]) -> Fix:
    at = parse_datetime(str(point["at"]))
    if at is None:
        raise ValueError
    return Fix(at=at, lat=float(point["lat"]), lon=float(point["lon"]))
