"""What whoever drives does on a job: the next stage, an incident, the crew, positions."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders import driving
from orders.errors import AlreadyThere, BadValue
from orders.forms.assign import CrewForm
from orders.forms.trip import IncidentForm
from orders.views.phone_queue import answers_phone, entry_of
from orders.views.places import corner
from orders.views.refusals import answers_refusals
from tenants.drivers.positions import BadBatch
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go


def _back(
    request: OfficeRequest,
    job_id: UUID,
) -> HttpResponse:
    return go(request, corner(request.actor).job(job_id))


def _pressed_at(request: OfficeRequest) -> datetime | None:
    """The phone's time of a press; None when it says none that can be read."""
    try:
        moment = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


@require_POST
@answers_refusals
@answers_phone
def advance(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """The one big button; `at` is the phone's time when it was pressed without a network."""
    job = driving.job_for(request.actor, job_id)
    entry = entry_of(request)
    try:
        driving.advance(
            job=job,
            stage=request.POST.get("stage", ""),
            happened_at=_pressed_at(request),
            by=request.actor,
            at=clock.now(),
            entry=entry,
        )
    except AlreadyThere as problem:
        if entry is None:
            messages.info(request, str(problem))
    return _back(request, job_id)


@require_POST
@answers_refusals
@answers_phone
def incident(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    job = driving.job_for(request.actor, job_id)
    entry = entry_of(request)
    form = IncidentForm(request.POST)
    if not form.is_valid():
        raise BadValue("text", _("Say in a few words what happened."))
    driving.report(
        job=job,
        by=request.actor,
        at=clock.now(),
        happened_at=_pressed_at(request),
        entry=entry,
        **form.cleaned_data,
    )
    if entry is None:
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
@answers_phone
def track(request: OfficeRequest, job_id: UUID) -> JsonResponse:
    """Positions from the phone: a JSON list of {at, lat, lon}, sent again until answered, stored
    once. Each is taken or refused by itself.
    """
    job = driving.job_for(request.actor, job_id)
    try:
        sent = json.loads(request.body or b"[]")
        taken = driving.track(job=job, by=request.actor, sent=sent, at=clock.now())
    except (BadBatch, ValueError, RecursionError):
        why = _("These positions cannot be.")
        return JsonResponse({"stored": 0, "refused": [], "why": why}, status=422)
    return JsonResponse(asdict(taken))
