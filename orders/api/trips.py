"""Trips by API: the owner's office, and whoever drives. A trip's id is that of its public job, the
same for both.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders import bidding, driving, incidents, trips
from orders.api import serializers
from orders.api.answers import View, listed, refusals
from orders.api.bodies import IncidentBody, PointBody, StageBody
from orders.models import Incident, Source, Trip, TripStage
from tenants.context import current
from tenants.drivers.positions import BadPoint, Fix
from tenants.exchange import jobs
from tenants.exchange.models import Job
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Kind, Permission

P = Permission
READ = (P.TRIP_VIEW, P.PARTNER_CABINET, P.DRIVER_APP)
DRIVE = (P.TRIP_EDIT, P.PARTNER_CABINET, P.DRIVER_APP)


class Trips(View):
    permissions = READ

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        rows = self.rows()
        stage = request.query_params.get("stage", "")
        if stage in Job.Stage.values:
            rows = rows.filter(stage=stage)
        if order := request.query_params.get("order", ""):
            rows = rows.filter(order_ref=order)
        return listed(request, rows, serializers.job)

    def rows(self) -> QuerySet[Job]:
        """The office: what it owns and what its carriers drive; a cabinet: its own."""
        if self.actor.kind is Kind.OFFICE:
            return Job.objects.select_related("carrier").order_by("-created_at", "-id")
        if self.actor.kind is Kind.DRIVER:
            return jobs.jobs_of(driver_id=self.actor.driver_id)
        with refusals():
            return jobs.jobs_of(carrier_id=bidding.carrier_of(self.actor, at=clock.now()))


class OneTrip(View):
    permissions = READ

    @extend_schema(responses={200: dict})
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(serializers.job(driving.job_for(self.actor, job_id)))


def own_trip(job: Job) -> Trip | None:
    """The trip in the caller's own books; None when another reseller owns it."""
    return Trip.objects.filter(pk=job.trip_id).first() if job.owner_role == current().role else None


class Advance(View):
    permissions = DRIVE

    @extend_schema(request=StageBody, responses={200: dict})
    def post(self, request: Request, job_id: UUID) -> Response:
        job = driving.job_for(self.actor, job_id)
        values = self.given(StageBody)
        now = clock.now()
        if values["stage"] not in TripStage.values:
            raise Problem(
                422,
                "invalid",
                _("There is no such stage."),
                {"stage": [_("There is no such stage.")]},
            )
        trip = own_trip(job) if self.actor.kind is Kind.OFFICE else None
        with refusals():
            if trip and values["reason"]:
                trips.correct(
                    trip=trip,
                    stage=values["stage"],
                    reason=values["reason"],
                    happened_at=values["at"],
                    by=self.actor,
                    at=now,
                )
            elif trip:
                trips.advance(
                    trip=trip,
                    stage=values["stage"],
                    source=Source.DISPATCHER,
                    happened_at=values["at"],
                    by=self.actor,
                    at=now,
                )
            else:
                driving.advance(
                    job=job,
                    stage=values["stage"],
                    happened_at=values["at"],
                    by=self.actor,
                    at=now,
                )
        return Response(serializers.job(driving.job_for(self.actor, job_id)))


class Positions(View):
    permissions = DRIVE

    @extend_schema(request=PointBody(many=True), responses={200: dict})
    def post(self, request: Request, job_id: UUID) -> Response:
        job = driving.job_for(self.actor, job_id)
        body = PointBody(data=request.data, many=True)
        body.is_valid(raise_exception=True)
        points = [Fix(**point) for point in body.validated_data]
        try:
            with refusals():
                stored = driving.track(
                    job=job,
                    by=self.actor,
                    points=points,
                    at=clock.now(),
                )
        except BadPoint as said:
            raise Problem(422, said.why, str(said), {str(said.index): [said.why]}) from said
        return Response({"stored": stored})


class Incidents(View):
    permissions = {"GET": (P.TRIP_VIEW,), "POST": DRIVE}

    @extend_schema(responses={200: dict})
    def get(self, request: Request, job_id: UUID) -> Response:
        trip = own_trip(driving.job_for(self.actor, job_id))
        if trip is None:
            raise Http404
        return listed(
            request,
            Incident.objects.filter(trip=trip).order_by("-at"),
            serializers.incident,
        )

    @extend_schema(request=IncidentBody, responses={201: dict})
    def post(self, request: Request, job_id: UUID) -> Response:
        job = driving.job_for(self.actor, job_id)
        values = self.given(IncidentBody)
        now = clock.now()
        trip = own_trip(job) if self.actor.kind is Kind.OFFICE else None
        answer: dict[str, Any] = {
            "kind": values["kind"],
            "text": values["text"],
        }
        with refusals():
            if trip:
                answer = serializers.incident(
                    incidents.report(trip=trip, by=self.actor, at=now, **values)
                )
            else:
                driving.report(
                    job=job,
                    kind=values["kind"],
                    text=values["text"],
                    by=self.actor,
                    at=now,
                )
        return Response(answer, status=201)


routes = [
    ("trips", Trips),
    ("trips/<uuid:job_id>", OneTrip),
    ("trips/<uuid:job_id>/advance", Advance),
    ("trips/<uuid:job_id>/positions", Positions),
    ("trips/<uuid:job_id>/incidents", Incidents),
]
