"""Without a session an enrolled phone sends what its queue holds, and opens nothing else."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory
from django.utils import timezone

from checks.isolation.patterns import patterns
from orders import assignment
from orders.models import Incident, Trip, TripEvent
from tenants.accounts import driver_login
from tenants.accounts.models import Device, DriverAccess
from tenants.context import GATE, PLATFORM, inside
from tenants.drivers.models import Driver
from tenants.entry.middleware import _actor_of
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast

PIN = "482913"


@pytest.fixture
def number() -> str:
    return f"+99655{random.randrange(10**7):07d}"


@pytest.fixture
def driver(in_alpha: Cast, number: str) -> Driver:
    return order_samples.own_driver("Азамат", number)


@pytest.fixture
def trip(in_alpha: Cast, driver: Driver) -> Trip:
    order = order_samples.order(in_alpha)
    assignee = assignment.assignment_to(
        order=order, driver=driver, rate=order_samples.RATE, currency="KGS"
    )
    dispatcher = in_alpha.actor("dispatcher")
    return assignment.assign_directly(order=order, assignment=assignee, by=dispatcher, at=later(1))


@pytest.fixture
def phone(trip: Trip, driver: Driver, number: str) -> Client:
    """The driver's enrolled phone; nobody is signed in."""
    now = timezone.now()
    code = driver_login.give_access(driver_id=driver.pk, phone=number, pin=PIN, at=now)[1]
    client = Client(REMOTE_ADDR="10.77.0.1")
    client.post("/driver/enrol/", {"phone": number, "code": code})
    assert client.cookies[driver_login.device_cookie()].value
    return client


def job_url(trip: Trip, act: str) -> str:
    return f"/driver/jobs/{trip.job_id}/{act}/"


def send(phone: Client, trip: Trip, act: str, **fields: str) -> Any:
    entry = uuid4()
    answer = phone.post(job_url(trip, act), fields, headers={"X-Receipt": str(entry)})
    if answer.status_code < 300:
        assert answer.json()["receipt"] == str(entry)
    return answer


def send_point(phone: Client, trip: Trip) -> Any:
    point = {"at": later(2).isoformat(), "lat": 42.8, "lon": 74.6}
    return phone.post(
        job_url(trip, "positions"),
        [point],
        content_type="application/json",
        headers={"X-Receipt": str(uuid4())},
    )


def test_stage_incident_and_positions_are_taken(phone: Client, trip: Trip, driver: Driver) -> None:
    assert send(phone, trip, "advance", stage="to_loading").status_code == 200
    assert send(phone, trip, "incidents", kind="other", text="wheel").status_code == 200
    assert send_point(phone, trip).json()["stored"] == 1
    event = TripEvent.objects.get(trip=trip, stage="to_loading")
    incident = Incident.objects.get(trip=trip)
    assert event.by_name == incident.by_name == driver.name


def test_while_the_pin_has_to_wait_the_trip_goes_on(phone: Client, trip: Trip, number: str) -> None:
    for _ in range(5):
        phone.post("/driver/login/", {"phone": number, "pin": "000000"})
    with inside(GATE):
        assert Device.objects.get(destroyed_at=None).next_try_at
    assert send(phone, trip, "advance", stage="to_loading").status_code == 200


def test_cross_site_forms_are_refused(phone: Client, trip: Trip) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    assert send(strict, trip, "advance", stage="to_loading").status_code == 403


def test_destroyed_key_blocked_access_and_a_made_up_key_open_nothing(
    phone: Client, trip: Trip
) -> None:
    stranger = Client()
    stranger.cookies[driver_login.device_cookie()] = "made-up"
    assert send(stranger, trip, "advance", stage="to_loading").status_code == 302
    assert send(Client(), trip, "advance", stage="to_loading").status_code == 302
    with inside(PLATFORM):
        DriverAccess.objects.update(blocked_at=timezone.now())
    assert send(phone, trip, "advance", stage="to_loading").status_code == 302
    with inside(PLATFORM):
        DriverAccess.objects.update(blocked_at=None)
        Device.objects.update(destroyed_at=timezone.now())
    assert send(phone, trip, "advance", stage="to_loading").status_code == 302
    trip.refresh_from_db()
    assert trip.stage == "assigned"


def test_archived_driver_s_phone_opens_nothing(phone: Client, trip: Trip, driver: Driver) -> None:
    assert Driver.objects.filter(pk=driver.pk).update(status="archived") == 1
    assert send(phone, trip, "advance", stage="to_loading").status_code == 302


def test_trip_of_another_driver_is_not_opened(phone: Client, trip: Trip, in_alpha: Cast) -> None:
    other = order_samples.own_driver("Чужой", "+996555777009")
    order = order_samples.order(in_alpha)
    assignee = assignment.assignment_to(
        order=order, driver=other, rate=order_samples.RATE, currency="KGS"
    )
    dispatcher = in_alpha.actor("dispatcher")
    foreign = assignment.assign_directly(
        order=order, assignment=assignee, by=dispatcher, at=later(1)
    )
    assert send(phone, foreign, "advance", stage="to_loading").status_code == 404
    foreign.refresh_from_db()
    assert foreign.stage == "assigned"


def test_pages_and_forms_without_an_entry_need_a_session(phone: Client, trip: Trip) -> None:
    for url in ("/driver/", job_url(trip, "advance")[: -len("advance/")], "/driver/offers/"):
        assert phone.get(url).status_code == 302
    assert phone.post(job_url(trip, "advance"), {"stage": "to_loading"}).status_code == 302


def test_nothing_but_the_queue_s_calls_is_opened_at_any_address(phone: Client) -> None:
    """Every address of the product, by every method, with the phone's key and an entry's id."""
    factory = RequestFactory()
    factory.cookies = phone.cookies
    opened = set()
    with inside(GATE):
        for pattern in patterns():
            path = pattern.path({name: str(uuid4()) for name in pattern.arguments})
            for method in ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST"):
                request = factory.generic(method, path or "/", headers={"X-Receipt": str(uuid4())})
                request.user = AnonymousUser()
                request.session = SessionBase()
                if _actor_of(request):
                    opened.add((method, pattern.name))
    assert opened == {
        ("POST", "orders:driver-job-advance"),
        ("POST", "orders:driver-job-incident"),
        ("POST", "orders:driver-job-positions"),
    }
