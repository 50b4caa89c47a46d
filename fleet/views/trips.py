"""Trips as lines of the fleet's pages: which page tells more of each, if this person may open it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from fleet import words
from fleet.words import TripLine
from tenants.context import current
from tenants.exchange.models import Job
from tenants.kit.web import OfficeRequest
from tenants.permissions import Permission


def lines(
    request: OfficeRequest,
    jobs: Iterable[Job],
) -> list[TripLine]:
    return [words.trip(job, url=url(request, job)) for job in jobs]


def url(request: OfficeRequest, job: Job) -> str:
    """The own order's trip, or the job our fleet does for somebody else."""
    if job.owner_role == current().role:
        return (
            reverse("orders:order-trip", args=[job.order_ref])
            if request.actor.can(Permission.TRIP_VIEW)
            else ""
        )
    return reverse("orders:job", args=[job.pk]) if request.actor.can(Permission.TRIP_EDIT) else ""
