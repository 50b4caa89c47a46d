"""News of orders, trips and offers, told to those whom orders/hearings.py names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from companies.models import Company
from orders import links
from orders.hearings import TABLE
from orders.models import Incident, IncidentKind, Order, Trip, TripStage
from orders.queries import client_sees
from orders.stages import Act
from tenants.actor import Actor
from tenants.drivers.models import Carrier
from tenants.exchange.models import Job, Listing
from tenants.kit import events, formats
from tenants.kit.outbox import Payload
from tenants.office.current import current_reseller
from tenants.office.hearing import Firm, Hearer, Name, News, tell
from tenants.office.models import Member

EVENTS = frozenset(row.event for row in TABLE)
# Steps of an order that somebody hears of; the carrier's side of the others is told with its trip.
STEPS = {
    Act.REQUEST: "order.requested",
    Act.QUOTE: "order.quoted",
    Act.AGREE: "order.agreed",
    Act.LOAD: "order.in_transit",
    Act.DELIVER: "order.delivered",
    Act.CANCEL: "order.cancelled",
}


def of_step(order: Order, act: str, *, by: Actor | None, at: datetime) -> None:
    """A step of the order that was taken; of many nobody hears."""
    if act not in STEPS:
        return
    trip = None
    if act == Act.CANCEL:  # its trip ended a moment before
        trip = order.trips.select_related("partner").filter(replaced_at=at).first()
    tell(_news(STEPS[Act(act)], order, trip=trip), by=by, at=at)


def of_assignment(
    order: Order,
    trip: Trip,
    *,
    before: Trip | None,
    by: Actor | None,
    at: datetime,
) -> None:
    """A carrier got the trip; `before` is the trip of the carrier who lost it."""
    event = "order.replaced" if before else "order.assigned"
    tell(_news(event, order, trip=trip, before=before), by=by, at=at)


def of_crew(order: Order, trip: Trip, *, by: Actor, at: datetime) -> None:
    """Driver and vehicle were named."""
    crew = f"{trip.driver_name or '—'}, {trip.plate or '—'}"
    names = {"carrier": trip.carrier_name, "crew": crew}
    tell(_news("order.crew", order, trip=trip, names=names), by=by, at=at)


def of_new_price(order: Order, *, by: Actor, at: datetime) -> None:
    """The price that the client sees was changed."""
    tell(_news("order.price_changed", order), by=by, at=at)


def of_new_conditions(order: Order, *, by: Actor, at: datetime) -> None:
    """Stops or cargo were changed while a carrier drives."""
    trip = order.trips.select_related("partner").filter(replaced_at=None).first()
    if trip:
        tell(_news("order.rewritten", order, trip=trip), by=by, at=at)


def of_stage(order: Order, trip: Trip, *, by: Actor, at: datetime) -> None:
    """A stage of the trip that was reached."""
    if f"trip.{trip.stage}" in EVENTS:
        names = {"stage": partial(str, TripStage(trip.stage).label)}
        tell(_news(f"trip.{trip.stage}", order, names=names), by=by, at=at)


def of_incident(order: Order, incident: Incident, *, by: Actor, at: datetime) -> None:
    label = IncidentKind(incident.kind).label
    names: dict[str, Name] = {"kind": partial(str, label), "text": incident.text}
    tell(_news("trip.incident", order, names=names), by=by, at=at)


def of_handing_over(orders: Sequence[Order], to: Member, *, by: Actor, at: datetime) -> None:
    """Several orders at once are one piece of news."""
    refs = [order.ref for order in orders]
    if not refs:
        return
    is_one = len(refs) == 1
    news = News(
        "order.handed_over",
        {"refs": ", ".join(refs)},
        url=links.order(refs[0]) if is_one else links.orders(view="mine"),
        person=to.pk,
    )
    tell(news, by=by, at=at)


def _news(
    event: str,
    order: Order,
    *,
    trip: Trip | None = None,
    before: Trip | None = None,
    names: Mapping[str, Name] | None = None,
) -> News:
    """News of an order: the office and the client look at the order, a carrier at its trip."""
    client = order.client
    sides = (
        (Hearer.CLIENT, client if client_sees(order) else None),
        (Hearer.PARTNER, trip.partner if trip else None),
        (Hearer.FORMER_PARTNER, before.partner if before else None),
    )
    trips = ((Hearer.PARTNER, trip), (Hearer.FORMER_PARTNER, before))
    own_names: dict[str, Name] = {
        "ref": order.ref,
        "route": order.route,
        "client": client.name if client else "",
        "price": partial(formats.money, order.client_price, order.currency),
    }
    return News(
        event,
        {**own_names, **(names or {})},
        url=links.order(order.ref),
        person=order.responsible,
        firms={hearer: _firm(company) for hearer, company in sides if company},
        urls={hearer: _job_url(run.job_id) for hearer, run in trips if run},
    )


def _firm(company: Company) -> Firm:
    return Firm(company.pk, company.language)


def _job_url(job_id: UUID) -> str:
    return reverse("orders:job", args=[job_id])


def of_offer(what: str, payload: Payload, *, at: datetime) -> None:
    """What the other side did with an offer."""
    listing = Listing.objects.filter(pk=payload["listing"]).first()
    if listing is None:
        return
    side = payload["side"]
    is_owner = side == "owner"
    order = Order.objects.filter(listing_id=listing.pk).first() if is_owner else None
    carrier = Carrier.objects.filter(pk=payload.get("carrier")).first()
    if what == "closed" and listing.status != Listing.Status.AWARDED:
        what = "taken_off"
    if f"{side}.{what}" in EVENTS:
        names = {
            "route": f"{listing.from_city} → {listing.to_city}",
            "carrier": carrier.name if carrier else "",
        }
        news = News(
            f"{side}.{what}",
            names,
            url=links.offers(order.ref) if order else reverse("orders:offer-list"),
            person=order.responsible if order else None,
            firms={} if is_owner else _firms_of(carrier),
        )
        tell(news, by=None, at=at)
    events.publish("offers", {"what": what, "listing": str(listing.pk)})


def of_job(what: str, payload: Payload, *, at: datetime) -> None:
    """A job that one of this reseller's carriers got or lost from another reseller."""
    job = Job.objects.select_related("carrier").filter(pk=payload["job"]).first()
    if job is None:
        return
    news = News(
        f"job.{what}",
        {"ref": job.order_ref, "owner": job.owner_name},
        url=_job_url(job.pk),
        firms=_firms_of(job.carrier),
    )
    tell(news, by=None, at=at)


def _firms_of(carrier: Carrier | None) -> dict[Hearer, Firm]:
    """The company that stands behind a carrier; none behind the own fleet."""
    if carrier is None or carrier.company_id is None:
        return {}
    language = Company.objects.filter(pk=carrier.company_id).values_list("language", flat=True)
    return {
        Hearer.CARRIER: Firm(carrier.company_id, language.first() or current_reseller().language)
    }
