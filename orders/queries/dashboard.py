"""What the dashboard counts of orders and trips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from orders import links
from orders.models import Order, Stage, Trip, TripStage
from tenants.drivers import positions
from tenants.drivers.models import SeenLastPosition
from tenants.kit import formats
from tenants.kit.pieces import MapPoint

SHOWN = (
    Stage.DRAFT,
    Stage.REQUESTED,
    Stage.QUOTED,
    Stage.PUBLISHED,
    Stage.ASSIGNED,
    Stage.IN_TRANSIT,
    Stage.DELIVERED,
)
MOST_POINTS = 300


@dataclass(frozen=True, slots=True)
class StageCount:
    stage: str
    label: str
    count: int

    @property
    def href(self) -> str:
        return links.orders(stage=self.stage)


def by_stage() -> list[StageCount]:
    """Open orders by stage, in the order of the cycle; empty stages too."""
    shown = Order.objects.filter(stage__in=SHOWN).order_by()
    counts = dict(shown.values_list("stage").annotate(Count("id")))
    return [
        StageCount(
            stage,
            str(Stage(stage).label),
            counts.get(stage, 0),
        )
        for stage in SHOWN
    ]


def active_points(*, at: datetime) -> list[MapPoint]:
    """Where the trucks of running trips were last seen, for the map; old points say how old."""
    running = Trip.objects.filter(
        replaced_at=None,
        order__stage__in=[Stage.ASSIGNED, Stage.IN_TRANSIT],
    ).select_related("order")
    trips = {trip.job_id: trip for trip in running[:MOST_POINTS]}
    seen = positions.last_known(trips)
    return [_point(trips[job], point, at) for job, point in seen.items()]


def _point(trip: Trip, point: SeenLastPosition, now: datetime) -> MapPoint:
    return MapPoint(
        point.lat,
        point.lon,
        label=f"{trip.order.ref} · {trip.driver_name or trip.carrier_name}",
        tone="good" if trip.stage == TripStage.IN_TRANSIT else "brand",
        stale=positions.is_stale(point.at, now),
        age=formats.ago(point.at, now),
        url=links.order(trip.order.ref),
    )
