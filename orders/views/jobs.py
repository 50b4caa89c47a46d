"""Jobs as whoever drives them reads them: the driver's app, a partner's cabinet, the own fleet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from documents.models import Document
from documents.queries import documents_for
from orders import bidding, driving
from orders.carrier_view import has_border
from orders.errors import Refused
from orders.forms.assign import Picked, fill_crew
from orders.forms.trip import IncidentForm
from orders.models import Trip, TripStage
from orders.papers import subject
from orders.stages import TRIP
from orders.views.places import corner
from orders.views.trip import steps
from orders.words import trip_pill
from tenants.context import current
from tenants.drivers import positions
from tenants.exchange import jobs
from tenants.exchange.job_stops import JobStop, ends_of, stops_of
from tenants.exchange.models import Job, Offer
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, page
from tenants.permissions import Kind

ENDED_SHOWN = 20
ICONS = {
    "loading": "truck-loading",
    "unloading": "package",
    "border": "flag",
    "customs": "rubber-stamp",
}


@dataclass(frozen=True, slots=True)
class StopCard:
    """A stop of a job as its card shows it."""

    stop: JobStop
    icon: str
    on: str


def _jobs(request: OfficeRequest) -> QuerySet[Job]:
    """A driver's own, a partner's, or what the reseller's fleet drives for others."""
    actor = request.actor
    if actor.kind is Kind.DRIVER:
        return jobs.jobs_of(driver_id=actor.driver_id)
    if actor.kind is Kind.PARTNER:
        try:
            return jobs.jobs_of(carrier_id=bidding.carrier_of(actor, at=clock.now()))
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
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "active": [_line(job, place.prefix) for job in active],
        "ended": [_line(job, place.prefix) for job in ended[:ENDED_SHOWN]],
        "waiting": _waiting_offers(request) if place.prefix else 0,
    }
    return page(request, "driving/home.html", context)


def _waiting_offers(request: OfficeRequest) -> int:
    """Open offers that wait for this carrier's answer."""
    try:
        offers = bidding.outgoing(request.actor, at=clock.now())
    except Refused:
        return 0
    return offers.filter(status=Offer.Status.OPEN, turn="carrier").count()


def _line(job: Job, prefix: str) -> dict[str, Any]:
    first, last = ends_of(job)
    stage = job.stage if job.stage in TripStage.values else ""
    return {
        "url": f"{prefix}/jobs/{job.pk}/",
        "ref": job.order_ref,
        "owner": job.owner_name,
        "from": first.place,
        "to": last.place,
        "on": _day(first),
        "rate": formats.money(job.rate, job.currency),
        "pill": trip_pill(stage) if stage else "",
        "cancelled": job.stage == Job.Stage.CANCELLED,
        "cargo": ", ".join(line.get("name", "") for line in job.cargo),
    }


def _day(stop: JobStop) -> str:
    return formats.day(stop.on) if stop.on else ""


def _stop(stop: JobStop) -> StopCard:
    return StopCard(stop, ICONS.get(stop.kind, "map-pin"), _day(stop))


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
    stops = stops_of(job)
    is_open = job.closed_at is None and job.stage in TripStage.values
    border = has_border(stops)
    now = clock.now()
    last = positions.last_known([job.pk]).get(job.pk)
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "job": job,
        "line": _line(job, place.prefix),
        "stops": [_stop(stop) for stop in stops],
        "cargo": [_measured(line) for line in job.cargo],
        "steps": steps(job.stage, border=border) if is_open else [],
        "nexts": _next_stages(job, border=border) if is_open else [],
        "papers": _papers(request, job),
        "is_open": is_open,
        "is_driver": place.is_driver,
        "last": formats.ago(last.at, now) if last else "",
        "is_old": last is not None and positions.is_stale(last.at, now),
        "incident_form": IncidentForm(auto_id="incident-%s"),
        "crew_form": _crew(job) if is_open and not place.is_driver else None,
    }
    return page(request, "driving/job.html", context)


def _papers(request: OfficeRequest, job: Job) -> list[Document]:
    """A partner's own papers of a trip for its own reseller; those of another reseller lie in that
    one's books.
    """
    if request.actor.kind is not Kind.PARTNER or job.owner_role != current().role:
        return []
    trip = Trip.objects.select_related("order").filter(pk=job.trip_id).first()
    if trip is None:
        return []
    papers = documents_for(request.actor).filter(subject=subject(trip.order))
    return list(papers.order_by("-issued_at"))


def _next_stages(
    job: Job,
    *,
    border: bool,
) -> list[dict[str, str]]:
    """The next stage; before a border two ways are open, the border first if there is one."""
    ways = [
        {
            "stage": one,
            "label": str(TripStage(one).label),
        }
        for one in TRIP[job.stage]
    ]
    return ways if border else ways[::-1]


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
