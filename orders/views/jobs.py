"""Jobs as whoever drives them reads them: the driver's app, a partner's cabinet, the own fleet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from documents.models import Document
from documents.queries import documents_for
from orders import driving
from orders.access import may_drive, sees_job_rate
from orders.carrier_view import has_border
from orders.forms.assign import CrewForm
from orders.forms.trip import IncidentForm
from orders.models import Trip, TripStage
from orders.papers import subject
from orders.stages import TRIP
from orders.views.job_list import rate as rate_of
from orders.views.places import Corner, corner
from orders.views.trip import steps
from orders.words import STAGE_BUTTONS, trip_pill
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers import positions
from tenants.exchange.job_stops import JobStop, ends_of, stops_of
from tenants.exchange.models import Job
from tenants.kit import clock, formats
from tenants.kit.pieces import Step
from tenants.kit.web import OfficeRequest, page
from tenants.permissions import Kind

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


@dataclass(frozen=True, slots=True)
class JobHead:
    """The head of a trip's card."""

    origin: str
    destination: str
    rate: str
    pill: str


@dataclass(frozen=True, slots=True)
class CargoLine:
    """A line of the cargo as whoever drives reads it; weight and volume are written out."""

    name: str
    weight_kg: str
    volume_m3: str
    packages: int | None
    adr: str


@dataclass(frozen=True, slots=True)
class NextStage:
    """A stage that may come next."""

    stage: str
    label: str


@dataclass(frozen=True, slots=True)
class JobPage:
    """One trip: stops, cargo, papers, and the acts of whoever drives it."""

    shell: str
    corner: Corner
    job: Job
    head: JobHead
    stops: list[StopCard]
    cargo: list[CargoLine]
    steps: list[Step]
    nexts: list[NextStage]
    papers: list[Document]
    is_open: bool
    is_driven_here: bool
    last: str
    is_old: bool
    incident_form: IncidentForm
    crew_form: CrewForm | None


def _head(job: Job, actor: Actor) -> JobHead:
    first, last = ends_of(job)
    return JobHead(
        origin=first.place,
        destination=last.place,
        rate=rate_of(job) if sees_job_rate(actor) else "",
        pill=trip_pill(job.stage) if job.stage in TripStage.values else "",
    )


def _day(stop: JobStop) -> str:
    return formats.day(stop.on) if stop.on else ""


def _stop(stop: JobStop) -> StopCard:
    return StopCard(stop, ICONS.get(stop.kind, "map-pin"), _day(stop))


def _cargo_of(job: Job) -> list[CargoLine]:
    return [
        CargoLine(
            name=line.get("name", ""),
            weight_kg=_number(line.get("weight_kg")),
            volume_m3=_number(line.get("volume_m3")),
            packages=line.get("packages"),
            adr=line.get("adr", ""),
        )
        for line in job.cargo
    ]


def _number(text: str | None) -> str:
    return formats.number(Decimal(text)) if text else ""


@require_GET
def job_card(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """Where to go, whom to ask for, and the one next stage."""
    place = corner(request.actor)
    job = driving.job_for(request.actor, job_id)
    stops = stops_of(job)
    is_open = job.closed_at is None and job.stage in TripStage.values
    is_driven_here = is_open and may_drive(request.actor)
    has_crew = is_driven_here and not place.is_driver
    border = has_border(stops)
    now = clock.now()
    last = positions.last_known([job.pk]).get(job.pk)
    context = JobPage(
        shell=place.shell,
        corner=place,
        job=job,
        head=_head(job, request.actor),
        stops=[_stop(stop) for stop in stops],
        cargo=_cargo_of(job),
        steps=steps(job.stage, border=border) if is_open else [],
        nexts=_next_stages(job, border=border) if is_driven_here else [],
        papers=_papers(request, job),
        is_open=is_open,
        is_driven_here=is_driven_here,
        last=formats.ago(last.at, now) if last else "",
        is_old=last is not None and positions.is_stale(last.at, now),
        incident_form=IncidentForm(auto_id="incident-%s"),
        crew_form=CrewForm(trip=job, auto_id="crew-%s") if has_crew else None,
    )
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


def _next_stages(job: Job, *, border: bool) -> list[NextStage]:
    """The next stage; before a border two ways are open, the border first if there is one."""
    ways = [NextStage(stage, str(STAGE_BUTTONS[TripStage(stage)])) for stage in TRIP[job.stage]]
    return ways if border else ways[::-1]
