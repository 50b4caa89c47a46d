"""The carrier's side of a trip: who opens and moves it, who may read it, who hears."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from tenants.actor import Actor
from tenants.context import CARRIERS, inside
from tenants.drivers import pool
from tenants.drivers.models import Carrier
from tenants.exchange import jobs
from tenants.exchange.models import Job
from tenants.exchange.refusals import NotFound
from tenants.permissions import Kind, Role
from tests.exchange.helpers import (
    LATER,
    NOW,
    events,
    fleet,
    independent,
    partner,
)
from tests.world import Cast


def open_job(cast: Cast, carrier: Carrier, **changes: Any) -> UUID:
    values: dict[str, Any] = {
        "trip_id": uuid4(),
        "order_ref": "ORD-260313-0001",
        "owner_name": cast.info.name,
        "carrier_id": carrier.pk,
        "rate": Decimal("240000.00"),
        "currency": "KGS",
        "at": NOW,
        "cargo": [{"name": "Текстиль"}],
        "stops": [
            {
                "kind": "loading",
                "place": "Бишкек",
                "address": "ул. Киевская, 1",
                "phone": "+996555000002",
            }
        ],
    }
    with inside(cast.scope):
        return jobs.open_job(**(values | changes))


def driver_actor(driver_id: UUID, carrier_id: UUID) -> Actor:
    return Actor(
        kind=Kind.DRIVER,
        role=Role.DRIVER,
        name="Азамат",
        driver_id=driver_id,
        carrier_id=carrier_id,
    )


def test_the_carriers_reseller_hears_and_sees_the_contacts(alpha: Cast, beta: Cast) -> None:
    job_id = open_job(alpha, fleet(beta))
    with inside(beta.scope):
        job = jobs.job_for(beta.actor("dispatcher"), job_id)
        assert (job.owner_name, job.stage, job.stops[0]["address"]) == (
            "Alpha",
            "assigned",
            "ул. Киевская, 1",
        )
        assert list(jobs.driven_by(beta.info.schema)) == [job]
    assert [(role, topic) for role, topic, _ in events()] == [
        (beta.info.schema, "exchange.job_opened")
    ]


def test_an_own_trip_is_told_to_nobody(alpha: Cast) -> None:
    open_job(alpha, fleet(alpha))
    open_job(alpha, independent().carrier)
    assert events() == []


def test_the_owner_moves_it_to_its_end(alpha: Cast, beta: Cast) -> None:
    job_id = open_job(alpha, fleet(beta))
    with inside(alpha.scope):
        jobs.move_job(job_id=job_id, stage="loaded", at=LATER)
        assert Job.objects.get().closed_at is None
        jobs.move_job(job_id=job_id, stage="papers_in", at=LATER)
        assert (
            Job.objects.get().stage,
            Job.objects.get().closed_at,
        ) == ("papers_in", LATER)
        jobs.move_job(job_id=job_id, stage="unloaded", at=LATER)  # put right by the dispatcher
        assert Job.objects.get().closed_at is None
    moved = events(beta.info.schema, "exchange.job_moved")
    assert [json.loads(payload)["stage"] for _, _, payload in moved].count("papers_in") == 1


def test_only_the_owner_moves_it(alpha: Cast, beta: Cast) -> None:
    job_id = open_job(alpha, fleet(beta))
    with inside(beta.scope):
        for act in (
            lambda: jobs.move_job(job_id=job_id, stage="loaded", at=LATER),
            lambda: jobs.reassign(job_id=job_id, driver_id=None, vehicle_id=None, at=LATER),
            lambda: jobs.rewrite(job_id=job_id, stops=[], cargo=[], at=LATER),
        ):
            with pytest.raises(NotFound):
                act()
        assert Job.objects.get().stage == "assigned" and Job.objects.get().stops
    assert events(topic="exchange.job_moved") == []


def test_another_driver_and_other_stops(alpha: Cast, beta: Cast) -> None:
    job_id = open_job(alpha, fleet(beta))
    driver = uuid4()
    with inside(alpha.scope):
        jobs.reassign(job_id=job_id, driver_id=driver, vehicle_id=None, at=LATER)
        jobs.rewrite(job_id=job_id, stops=[{"place": "Ош"}], cargo=[], at=LATER)
    with inside(beta.scope):
        job = Job.objects.get()
        assert (job.driver_id, job.stops, job.cargo) == (
            driver,
            [{"place": "Ош"}],
            [],
        )


def test_a_trip_has_one_job(alpha: Cast) -> None:
    trip = uuid4()
    carrier = fleet(alpha)
    open_job(alpha, carrier, trip_id=trip)
    with pytest.raises(Exception, match="job_one_a_trip"):
        open_job(alpha, carrier, trip_id=trip)


def test_drivers_see_their_own_jobs(alpha: Cast, beta: Cast) -> None:
    mine = independent("Улан")
    other = independent("Бакыт")
    job_id = open_job(alpha, mine.carrier, driver_id=mine.pk)
    with inside(CARRIERS):
        assert jobs.job_for(driver_actor(mine.pk, mine.carrier_id), job_id).pk == job_id
        assert [job.pk for job in jobs.jobs_of(driver_id=mine.pk)] == [job_id]
        assert not jobs.jobs_of(driver_id=other.pk) and not jobs.jobs_of()
        with pytest.raises(NotFound):
            jobs.job_for(driver_actor(other.pk, other.carrier_id), job_id)
    with inside(beta.scope), pytest.raises(NotFound):
        jobs.job_for(beta.actor(), job_id)


def test_partners_see_their_own_companys_jobs(alpha: Cast) -> None:
    job_id = open_job(alpha, partner(alpha))
    with inside(alpha.scope):
        assert jobs.job_for(alpha.actor("partner"), job_id).pk == job_id
        for stranger in ("partner2", "client", "cargo_staff"):
            with pytest.raises(NotFound):
                jobs.job_for(alpha.actor(stranger), job_id)
        with pytest.raises(NotFound):
            jobs.job_for(replace(alpha.actor("partner"), company_id=None), job_id)


def test_an_unknown_carrier_is_refused(alpha: Cast) -> None:
    with inside(alpha.scope), pytest.raises(NotFound):
        jobs.open_job(
            trip_id=uuid4(),
            order_ref="",
            owner_name="",
            carrier_id=uuid4(),
            rate=Decimal(1),
            currency="KGS",
            stops=[],
            cargo=[],
            at=NOW,
        )


def test_the_own_drivers_jobs_reach_the_app(alpha: Cast) -> None:
    with inside(alpha.scope):
        driver = pool.register_driver(name="Азамат", phone="+996555111222", on=NOW.date(), at=NOW)
    job_id = open_job(alpha, driver.carrier, driver_id=driver.pk)
    with inside(CARRIERS):
        assert (
            jobs.job_for(driver_actor(driver.pk, driver.carrier_id), job_id).owner_name == "Alpha"
        )
