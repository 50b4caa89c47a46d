"""What each side may see of orders, listings, offers and jobs, as plain values: the office all, a
client no carrier's rate, a carrier no client and no price. The API answers with these; a field that
is not named here does not leave."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders.access import sees_margin, sees_price, sees_rate
from orders.models import CargoLine, Incident, Order, Stop, Trip
from orders.queries import current_trip, incident_cost
from tenants.actor import Actor
from tenants.exchange.models import Job, Listing, Offer
from tenants.permissions import Kind

SHARED = (
    "ref",
    "stage",
    "form",
    "currency",
    "body",
    "adr",
    "customs",
    "payment_terms",
    "payment_days",
    "request_note",
    "place_from",
    "place_to",
    "pickup_on",
    "created_at",
    "requested_at",
    "quoted_at",
    "agreed_at",
    "assigned_at",
    "in_transit_at",
    "delivered_at",
    "completed_at",
    "closed_at",
    "cancelled_at",
)
OFFICE = (
    "responsible",
    "carrier_currency",
    "rate_date",
    "carrier_terms",
    "note",
    "listing_id",
    "carrier_name",
    "cancel_reason",
    "published_at",
    "version",
)


def money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def measure(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}"


def order(row: Order, for_: Actor) -> dict[str, Any]:
    """An order for the office or for its client."""
    face: dict[str, Any] = {name: getattr(row, name) for name in SHARED}
    face |= {
        "client": row.client_id,
        "client_name": row.client.name if row.client else None,
        "client_price": money(row.client_price),
        "temperature_from": measure(row.temperature_from),
        "temperature_to": measure(row.temperature_to),
        "loading_types": list(row.loading_types),
        "stops": [stop(one) for one in row.stops.all()],
        "cargo": [cargo(one) for one in row.cargo.all()],
    }
    if for_.kind is Kind.OFFICE:
        return face | _office(row, for_)
    if not sees_price(for_, row.stage):
        face["client_price"] = None
    return face


def _office(row: Order, for_: Actor) -> dict[str, Any]:
    trip = current_trip(row)
    face: dict[str, Any] = {name: getattr(row, name) for name in OFFICE}
    margin = row.margin if sees_margin(for_, row.stage) else None
    result = None if margin is None else margin - Decimal(str(incident_cost(row))) - row.fee
    return face | {
        "id": row.pk,
        "carrier_rate": money(row.carrier_rate) if sees_rate(for_, row.stage) else None,
        "margin": money(margin),
        "result": money(result),
        "client_fx": str(row.client_fx),
        "carrier_fx": str(row.carrier_fx),
        "trip": trip.job_id if trip else None,
    }


def stop(row: Stop) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "place": row.place,
        "country": row.country,
        "lat": row.lat,
        "lon": row.lon,
        "address": row.address,
        "company": row.company,
        "contact": row.contact,
        "phone": row.phone,
        "date": row.on,
        "time_from": row.time_from,
        "time_to": row.time_to,
    }


def cargo(row: CargoLine) -> dict[str, Any]:
    return {
        "name": row.name,
        "weight_kg": measure(row.weight_kg),
        "volume_m3": measure(row.volume_m3),
        "packages": row.packages,
        "packing": row.packing,
        "value": money(row.value),
        "adr": row.adr,
        "un_number": row.un_number,
    }


def listing(row: Listing, *, own: bool) -> dict[str, Any]:
    """What the exchange shows; the table has nothing else."""
    return {
        "id": row.pk,
        "ref": row.ref,
        "own": own,
        "status": row.status,
        "from": {
            "place": row.from_city,
            "country": row.from_country,
            "lat": row.from_lat,
            "lon": row.from_lon,
        },
        "to": {
            "place": row.to_city,
            "country": row.to_country,
            "lat": row.to_lat,
            "lon": row.to_lon,
        },
        "date_from": row.date_from,
        "date_to": row.date_to,
        "distance_km": row.distance_km,
        "body": row.body,
        "cargo": row.cargo_kind,
        "weight_kg": measure(row.weight_kg),
        "volume_m3": measure(row.volume_m3),
        "adr": row.adr,
        "loading_types": list(row.loading_types),
        "temperature_from": measure(row.temperature_from),
        "temperature_to": measure(row.temperature_to),
        "price": money(row.price),
        "currency": row.currency,
        "payment_terms": row.payment_terms,
        "note": row.note,
        "published_at": row.published_at,
        "expires_at": row.expires_at,
    }


def offer(row: Offer, *, side: str) -> dict[str, Any]:
    """A thread with its rounds; both sides see the same prices."""
    return {
        "id": row.pk,
        "listing": row.listing_id,
        "side": side,
        "carrier": row.carrier.name,
        "price": money(row.price),
        "currency": row.currency,
        "status": row.status,
        "turn": row.turn,
        "best_and_final": row.best_and_final,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "rounds": [
            {
                "number": one.number,
                "by": one.by,
                "price": money(one.price),
                "best_and_final": one.best_and_final,
                "at": one.at,
            }
            for one in row.rounds.all()
        ],
    }


def job(row: Job) -> dict[str, Any]:
    """A trip as whoever drives it knows it: the reseller, never its client."""
    return {
        "id": row.pk,
        "order": row.order_ref,
        "owner": row.owner_name,
        "stage": row.stage,
        "carrier": row.carrier.name if row.carrier else None,
        "driver": row.driver_id,
        "vehicle": row.vehicle_id,
        "rate": money(row.rate),
        "currency": row.currency,
        "stops": row.stops,
        "cargo": row.cargo,
        "created_at": row.created_at,
        "moved_at": row.moved_at,
        "closed_at": row.closed_at,
    }


def trip(row: Trip) -> dict[str, Any]:
    """The owner's answer to an assignment."""
    return {
        "id": row.job_id,
        "order": row.order.ref,
        "stage": row.stage,
        "carrier": row.carrier_name,
        "driver": row.driver_id,
        "vehicle": row.vehicle_id,
        "rate": money(row.rate),
        "currency": row.currency,
        "assigned_at": row.assigned_at,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
    }


def incident(row: Incident) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "text": row.text,
        "cost": money(row.cost),
        "currency": row.currency,
        "at": row.at,
    }
