"""Trips on their way: stages, positions, incidents, the papers of each, one with its file."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from checks.isolation.words import OFFICE
from checks.isolation.world.freight import (
    ORDERS,
    carrier_of,
    free_to,
    give_directly,
)
from checks.isolation.world.made import Firm, World
from documents.models import Document, Status
from orders import incidents, papers, trips
from orders.models import Order, Source, Trip, TripStage
from tenants.context import inside
from tenants.drivers import positions
from tenants.drivers.positions import Fix
from tenants.exchange.models import Job
from tenants.office import files

WAY = [
    TripStage.TO_LOADING,
    TripStage.AT_LOADING,
    TripStage.LOADED,
    TripStage.IN_TRANSIT,
    TripStage.AT_UNLOADING,
    TripStage.UNLOADED,
    TripStage.PAPERS_IN,
]
# The first of them is what other drivers are tried at: row security lets drivers see every job that
# has a driver, so the loader alone keeps them apart.
REACHED = {"own": 1, "done": 7, "crossing": 2, "pool": 7, "late": 3}


def fill(world: World, firm: Firm, other: Firm) -> None:
    at = firm.begins + timedelta(hours=2)
    with inside(firm.info.scope):
        for key in ("own", "done", "late"):
            give_directly(firm, key, at)
        for key, steps in REACHED.items():
            order = Order.objects.select_related("client").get(pk=firm.orders[key].pk)
            firm.orders[key] = order
            _papers(world, firm, key, order, at)
            _drive(world, firm, other, key, steps, at)


def drive_it(firm: Firm, other: Firm, key: str) -> frozenset[str]:
    """Those who may open the job: its owner's office, and whoever carries."""
    if key == "crossing":
        return firm.office | other.may(OFFICE, ["partner"])
    return firm.office | free_to(firm, carrier_of(firm, key))


def _drive(
    world: World,
    firm: Firm,
    other: Firm,
    key: str,
    steps: int,
    at: datetime,
) -> None:
    """Who drives it and the office may tell an incident; what it cost stays in the office."""
    order = firm.orders[key]
    client = ORDERS[key][0]
    trip = Trip.objects.get(order=order, replaced_at=None)
    drivers = drive_it(firm, other, key)
    firm.keep("trip", trip.pk, firm.office)
    firm.keep("job", trip.job_id, drivers)
    for stage in WAY[:steps]:
        at += timedelta(hours=3)
        trips.advance(
            trip=trip,
            stage=stage,
            by=firm.people["dispatcher"],
            at=at,
            source=Source.DISPATCHER,
            happened_at=at,
        )
        trip.refresh_from_db()
    word = world.words.mark(
        firm.word,
        f"incident{key}",
        firm.may(OFFICE, [client]) | free_to(firm, carrier_of(firm, key)),
    )
    cost = world.words.number(f"{firm.word} cost of the incident of {key}", firm.office)
    incident = incidents.report(
        trip=trip,
        kind="delay",
        text=word,
        by=firm.people["dispatcher"],
        at=at,
        cost=cost,
    )
    firm.keep("incident", incident.pk, firm.office, parent=order.ref)
    if trip.driver_id:
        job = Job.objects.get(pk=trip.job_id)
        points = [
            Fix(
                at - timedelta(minutes=minutes),
                42.8 + minutes / 100,
                74.6,
            )
            for minutes in (30, 20, 10)
        ]
        positions.record(job=job.pk, driver_id=trip.driver_id, points=points, at=at)


def _papers(world: World, firm: Firm, key: str, order: Order, at: datetime) -> None:
    client, carrier, _listed = ORDERS[key]
    for owner, paper in (
        (client, papers.request(order=order, at=at)),
        (carrier, papers.instruction(order=order, at=at)),
    ):
        if paper is not None:
            _with_file(
                world,
                firm,
                owner if paper.company_id else "office",
                paper,
                at,
            )


def _with_file(world: World, firm: Firm, owner: str, paper: Document, at: datetime) -> None:
    """Rendering is not what is asked here: bytes with the owner's word stand in for the PDF."""
    word = world.words.mark(
        firm.word,
        f"paper{owner}".replace(" ", ""),
        firm.may(OFFICE, [owner]),
    )
    content = f"%PDF-1.7 {word}".encode()
    kept = files.store(
        content=content,
        name=f"{word}.pdf",
        content_type="application/pdf",
        by=None,
        at=at,
    )
    sealed = {
        "status": Status.READY,
        "file_id": kept.pk,
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": 1,
    }
    Document.objects.filter(pk=paper.pk).update(**sealed)
    firm.keep("document", paper.pk, firm.may(OFFICE, [owner]), sums=True)
