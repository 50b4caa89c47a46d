"""Trips by API: the owner's office, and whoever drives. A trip's id is that of its public job, the
same for both.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders import bidding, driving, incidents, trips
from orders.api.bodies import (
    EventBody,
    IncidentBody,
    MovedBody,
    PointBody,
    StageBody,
    TripFilters,
)
from orders.api.refusals import OrdersView
from orders.api.serializers import IncidentOut, TakenOut, TripOut
from orders.models import Incident, Source, Trip, TripStage
from tenants.context import current
from tenants.exchange import jobs
from tenants.exchange.models import Job
from tenants.kit import clock
from tenants.kit.api import listed
from tenants.kit.keyset import Sort
from tenants.kit.problems import invalid
from tenants.permissions import Kind, Permission

P = Permission
READ = (P.TRIP_VIEW, P.PARTNER_CABINET, P.DRIVER_APP)
DRIVE = (P.TRIP_EDIT, P.PARTNER_CREW, P.DRIVER_APP)
NEWEST = Sort("created", "created_at", descending=True)
LATEST = Sort("at", "at", descending=True)


class TripsView(OrdersView):
    def job(self, job_id: UUID) -> Job:
        return driving.job_for(self.actor, job_id)

    def own_trip(self, job: Job) -> Trip | None:
        """The trip in the office's own books; None for a cabinet, and where another reseller owns
        it.
        """
        is_owner = self.actor.kind is Kind.OFFICE and job.owner_role == current().role
        return Trip.objects.filter(pk=job.trip_id).first() if is_owner else None


class Trips(TripsView):
    permissions = READ

    @listed(TripOut, TripFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(TripFilters)
        rows = self.rows()
        if "stage" in values:
            rows = rows.filter(stage=values["stage"])
        if "order" in values:
            rows = rows.filter(order_ref=values["order"])
        return self.page(rows, TripOut, sort=NEWEST)

    def rows(self) -> QuerySet[Job]:
        """The office: what it owns and what its carriers drive; a cabinet: its own."""
        if self.actor.kind is Kind.OFFICE:
            return Job.objects.select_related("carrier")
        if self.actor.kind is Kind.DRIVER:
            return jobs.jobs_of(driver_id=self.actor.driver_id)
        return jobs.jobs_of(carrier_id=bidding.carrier_of(self.actor, at=clock.now()))


class OneTrip(TripsView):
    permissions = READ

    @extend_schema(responses=TripOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        return self.answer(TripOut, self.job(job_id))


class Advance(TripsView):
    permissions = DRIVE

    @extend_schema(request=StageBody, responses=TripOut)
    def post(self, request: Request, job_id: UUID) -> Response:
        job = self.job(job_id)
        trip = self.own_trip(job)
        values = self.body(StageBody if trip else MovedBody)
        if values["stage"] not in TripStage.values:
            raise invalid({"stage": [_("There is no such stage.")]})
        if trip is None:
            driving.advance(
                job=job,
                stage=values["stage"],
                happened_at=values["at"],
                by=self.actor,
                at=clock.now(),
            )
        elif values["reason"]:
            trips.correct(
                trip=trip,
                stage=values["stage"],
                reason=values["reason"],
                happened_at=values["at"],
                by=self.actor,
                at=clock.now(),
            )
        else:
            trips.advance(
                trip=trip,
                stage=values["stage"],
                source=Source.DISPATCHER,
                happened_at=values["at"],
                by=self.actor,
                at=clock.now(),
            )
        return self.answer(TripOut, self.job(job_id))


class Positions(TripsView):
    permissions = DRIVE

    @extend_schema(
        request=PointBody(many=True),
        responses=TakenOut,
    )
    def post(
        self,
        request: Request,
        job_id: UUID,
    ) -> Response:
        """Each point is taken or refused by itself."""
        job = self.job(job_id)
        taken = driving.track(
            job=job,
            by=self.actor,
            sent=request.data,
            at=clock.now(),
        )
        return self.answer(TakenOut, taken)


class Incidents(TripsView):
    permissions = {"GET": (P.TRIP_VIEW,), "POST": DRIVE}

    @listed(IncidentOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        trip = self.own_trip(self.job(job_id))
        if trip is None:
            raise Http404
        return self.page(Incident.objects.filter(trip=trip), IncidentOut, sort=LATEST)

    @extend_schema(request=IncidentBody, responses={201: IncidentOut})
    def post(self, request: Request, job_id: UUID) -> Response:
        job = self.job(job_id)
        trip = self.own_trip(job)
        values = self.body(IncidentBody if trip else EventBody)
        if trip:
            incident = incidents.report(trip=trip, by=self.actor, at=clock.now(), **values)
            return self.answer(IncidentOut, incident, status=201)
        driving.report(job=job, by=self.actor, at=clock.now(), **values)
        return self.answer(IncidentOut, values, status=201)


routes = [
    ("trips", Trips),
    ("trips/<uuid:job_id>", OneTrip),
    ("trips/<uuid:job_id>/advance", Advance),
    ("trips/<uuid:job_id>/positions", Positions),
    ("trips/<uuid:job_id>/incidents", Incidents),
]
