"""What whoever drives does on a job: the next stage, an incident, the crew, positions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders import driving
from orders.errors import AlreadyThere, BadValue, Refused
from orders.forms.assign import CrewForm
from orders.forms.trip import IncidentForm
from orders.views.places import corner
from orders.views.refusals import answers_refusals, conflict
from tenants.drivers.positions import BadPoint, Fix
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go


def _back(
    request: OfficeRequest,
    job_id: UUID,
) -> HttpResponse:
    return go(request, corner(request.actor).job(job_id))


@require_POST
@answers_refusals
def advance(
    request: OfficeRequest,
    job_id: UUID,
) -> HttpResponse:
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
    except AlreadyThere as problem:
        messages.info(request, str(problem))
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
    form = CrewForm(request.POST, trip=job)
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
def track(
    request: OfficeRequest,
    job_id: UUID,
) -> JsonResponse:
    """Positions from the phone: a JSON list of {at, lat, lon}, sent again until answered, stored
    once.
    """
    job = driving.job_for(request.actor, job_id)
    try:
        points = [_fix(point) for point in json.loads(request.body or b"[]")]
        stored = driving.track(job=job, by=request.actor, points=points, at=clock.now())
    except (BadPoint, ValueError, KeyError, TypeError):
        return JsonResponse(
            {
                "stored": 0,
                "why": _("These positions cannot be."),
            },
            status=422,
        )
    except Refused as problem:
        return JsonResponse(
            {
                "stored": 0,
                "why": str(problem),
            },
            status=409,
        )
    return JsonResponse({"stored": stored})


def _fix(point: dict[str, Any]) -> Fix:
    at = parse_datetime(str(point["at"]))
    if at is None:
        raise ValueError
    return Fix(at=at, lat=float(point["lat"]), lon=float(point["lon"]))
