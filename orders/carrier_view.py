"""What the carrier is told of an order once chosen: stops with contacts, cargo, how long it takes.
Never the client, never the client's price."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from orders.drafts import StopData
from orders.models import Order, Stop, StopKind, Trip
from orders.stop_places import Spot
from tenants.exchange import jobs
from tenants.exchange.job_stops import JobStop
from tenants.exchange.jobs import JobCargo
from tenants.kit import roads
from tenants.kit.geo import Point
from tenants.kit.roads import How, Way
from tenants.office.current import current_reseller

KM_A_DAY = 600


def stops_of(order: Order) -> list[dict[str, object]]:
    return [_stop(stop, order).kept() for stop in order.stops.order_by("position")]


def _stop(stop: Stop, order: Order) -> JobStop:
    """Shipper or consignee is named unless it is the client itself."""
    client = order.client.name.casefold() if order.client else ""
    named = "" if client and client in stop.company.casefold() else stop.company
    return JobStop(
        kind=stop.kind,
        place=stop.place,
        country=stop.country,
        lat=stop.lat,
        lon=stop.lon,
        address=stop.address,
        company=named,
        contact=stop.contact,
        phone=stop.phone,
        on=stop.on,
        window=stop.window,
    )


def cargo_of(order: Order) -> list[JobCargo]:
    return [
        {
            "name": line.name,
            "weight_kg": _text(line.weight_kg),
            "volume_m3": _text(line.volume_m3),
            "packages": line.packages,
            "packing": line.packing,
            "adr": line.adr,
            "un_number": line.un_number,
        }
        for line in order.cargo.order_by("position")
    ]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def rewrite_job(order: Order, *, at: datetime) -> None:
    """Stops or cargo were edited after a carrier was chosen: the carrier sees the new ones."""
    trip = Trip.objects.filter(order=order, replaced_at=None).first()
    if trip:
        jobs.rewrite(
            job_id=trip.job_id,
            stops=stops_of(order),
            cargo=cargo_of(order),
            at=at,
        )


def way_over(stops: Iterable[Stop | StopData | Spot]) -> Way | None:
    """By road over all stops that have a point; None when fewer than two have one."""
    points = [
        Point(stop.lat, stop.lon) for stop in stops if stop.lat is not None and stop.lon is not None
    ]
    return roads.along(points)


def way_of(order: Order) -> Way | None:
    """As it was counted when the stops were saved; orders from before that are counted now."""
    if order.distance_km is not None:
        how = How(order.distance_how)
        return Way(order.distance_km, how)
    stops = order.stops.all()
    return way_over(stops)


def count_older(order: Order) -> None:
    """Give an order from before kilometres were kept its way, in memory alone."""
    way = way_of(order)
    if way is None:
        return
    order.distance_km = way.km
    order.distance_how = way.how


def distance_km(order: Order) -> int | None:
    way = way_of(order)
    return way.km if way else None


def period_of(order: Order, *, at: datetime) -> tuple[datetime, datetime]:
    """When driver and vehicle are taken: the first day to the end of the last, guessed from the
    distance if unknown.
    """
    days = [stop.on for stop in order.stops.all() if stop.on]
    place = current_reseller()
    first = min(days) if days else place.day(at)
    last = max(days) if len(days) > 1 else None
    if last is None or last < first:
        last = first + timedelta(days=(distance_km(order) or 0) // KM_A_DAY + 1)
    start, end = (
        datetime.combine(day, time.min, place.zone) for day in (first, last + timedelta(days=1))
    )
    return min(start, at), max(end, at + timedelta(hours=1))


def has_border(stops: Iterable[Stop | JobStop]) -> bool:
    """A border is on the way when a stop says so or the countries differ."""
    stops = list(stops)
    countries = {stop.country for stop in stops if stop.country}
    return len(countries) > 1 or any(
        stop.kind in (StopKind.BORDER, StopKind.CUSTOMS) for stop in stops
    )
