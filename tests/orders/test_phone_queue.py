"""What a driver's phone sends again and again until it is answered: done once, with a receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from orders import assignment, trips
from orders.models import Incident, Order, Trip, TripEvent
from tenants.context import INGEST, inside
from tenants.drivers import positions
from tenants.drivers.models import Driver, Position
from tenants.exchange.models import Job
from tenants.kit import clock
from tests.browser_client import Browser
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast


@pytest.fixture
def driver(in_alpha: Cast) -> Driver:
    return order_samples.own_driver()


def trip_of(cast: Cast, driver: Driver, hours: float = 1) -> Trip:
    order = order_samples.order(cast)
    assignee = assignment.assignment_to(
        order=order, driver=driver, rate=order_samples.RATE, currency="KGS"
    )
    dispatcher = cast.actor("dispatcher")
    return assignment.assign_directly(
        order=order, assignment=assignee, by=dispatcher, at=later(hours)
    )


@pytest.fixture
def trip(in_alpha: Cast, driver: Driver) -> Trip:
    return trip_of(in_alpha, driver)


@pytest.fixture
def app(driver: Driver, trip: Trip, driver_browser: Any) -> Browser:
    browser: Browser = driver_browser(driver)
    return browser


def act(app: Browser, trip: Trip, name: str, entry: UUID | None, **fields: str) -> Any:
    headers = {"X-Receipt": str(entry)} if entry else {}
    return app.post(f"/driver/jobs/{trip.job_id}/{name}/", fields, headers=headers)


def point(at: datetime, lat: object = 42.8, lon: object = 74.6) -> dict[str, object]:
    return {"at": at.isoformat(), "lat": lat, "lon": lon}


def send_points(app: Browser, trip: Trip, points: object, entry: UUID | None = None) -> Any:
    headers = {"X-Receipt": str(entry)} if entry else {}
    url = f"/driver/jobs/{trip.job_id}/positions/"
    return app.post(url, points, content_type="application/json", headers=headers)


def stored_moments(trip: Trip) -> list[datetime]:
    with inside(INGEST):
        rows = Position.objects.filter(job_id=trip.job_id).order_by("at")
        return list(rows.values_list("at", flat=True))


def test_stage_is_receipted_with_its_own_moment(app: Browser, trip: Trip) -> None:
    entry = uuid4()
    answer = act(app, trip, "advance", entry, stage="to_loading", at=later(3).isoformat())
    assert (answer.status_code, answer.json()) == (200, {"receipt": str(entry)})
    event = TripEvent.objects.get(pk=entry)
    assert (event.trip_id, event.stage, event.at) == (trip.pk, "to_loading", later(3))


def test_repeated_stage_is_done_once_and_receipted_again(app: Browser, trip: Trip) -> None:
    entry = uuid4()
    for _ in range(2):
        answer = act(app, trip, "advance", entry, stage="to_loading")
        assert (answer.status_code, answer.json()) == (200, {"receipt": str(entry)})
    assert trip.events.filter(stage="to_loading").count() == 1


def test_stage_pressed_by_the_office_too_is_receipted(
    app: Browser, trip: Trip, in_alpha: Cast
) -> None:
    trips.advance(trip=trip, stage="to_loading", by=in_alpha.actor("dispatcher"), at=later(2))
    entry = uuid4()
    assert act(app, trip, "advance", entry, stage="to_loading").json() == {"receipt": str(entry)}


def test_repeated_stage_does_not_undo_a_correction_of_the_office(
    app: Browser, trip: Trip, in_alpha: Cast
) -> None:
    entry = uuid4()
    act(app, trip, "advance", entry, stage="to_loading", at=later(2).isoformat())
    trips.correct(
        trip=trip,
        stage="assigned",
        reason="pressed by mistake",
        by=in_alpha.actor("dispatcher"),
        at=clock.now(),
    )
    assert act(app, trip, "advance", entry, stage="to_loading").status_code == 200
    trip.refresh_from_db()
    assert trip.stage == "assigned"


def test_repeated_stage_of_an_order_that_no_longer_moves_is_receipted(
    app: Browser, trip: Trip
) -> None:
    entry = uuid4()
    act(app, trip, "advance", entry, stage="to_loading")
    Order.objects.filter(pk=trip.order_id).update(stage="completed", completed_at=clock.now())
    assert act(app, trip, "advance", entry, stage="to_loading").status_code == 200
    refused = act(app, trip, "advance", uuid4(), stage="at_loading")
    assert refused.status_code == 409 and refused.json()["why"]


def test_refused_stage_answers_in_words_with_its_id(app: Browser, trip: Trip) -> None:
    entry = uuid4()
    for stage in ("unloaded", "nowhere"):
        answer = act(app, trip, "advance", entry, stage=stage)
        assert answer.status_code == 409
        assert answer.json()["receipt"] == str(entry) and answer.json()["why"]
    trip.refresh_from_db()
    assert trip.stage == "assigned"


def test_entry_of_another_trip_is_not_taken_for_this_one(
    app: Browser, trip: Trip, in_alpha: Cast
) -> None:
    other = trip_of(in_alpha, order_samples.own_driver("Другой", "+996555777003"))
    foreign_event = other.events.get()
    answer = act(app, trip, "advance", foreign_event.pk, stage="to_loading")
    assert answer.status_code == 409
    entry = uuid4()
    Incident.objects.create(
        id=entry, trip=other, kind="other", text="x", currency="KGS", at=later(2)
    )
    answer = act(app, trip, "incidents", entry, kind="other", text="wheel")
    assert answer.status_code == 409
    assert trip.incidents.count() == 0


@pytest.mark.parametrize("act_name", ["advance", "incidents", "positions"])
def test_trip_of_another_driver_is_refused_in_words(
    driver_browser: Any, trip: Trip, act_name: str
) -> None:
    stranger = driver_browser(order_samples.own_driver("Чужой", "+996555777004"))
    entry = uuid4()
    answer = act(stranger, trip, act_name, entry, stage="to_loading", kind="other", text="x")
    assert answer.status_code == 404
    assert answer.json()["receipt"] == str(entry) and answer.json()["why"]


@pytest.mark.parametrize("act_name", ["advance", "incidents", "positions"])
def test_without_a_session_no_receipt_is_given(trip: Trip, act_name: str) -> None:
    answer = act(Browser(), trip, act_name, uuid4(), stage="to_loading")
    assert answer.status_code in (302, 401, 403)
    assert b"receipt" not in answer.content


def test_form_without_an_entry_works_as_before(app: Browser, trip: Trip) -> None:
    assert act(app, trip, "advance", None, stage="to_loading").status_code == 302
    assert act(app, trip, "advance", None, stage="unloaded").status_code == 409
    assert act(app, trip, "incidents", None, kind="other", text="").status_code == 409


def test_repeated_incident_is_written_once_at_its_own_moment(app: Browser, trip: Trip) -> None:
    entry = uuid4()
    for _ in range(2):
        answer = act(
            app, trip, "incidents", entry, kind="other", text="wheel", at=later(3).isoformat()
        )
        assert (answer.status_code, answer.json()) == (200, {"receipt": str(entry)})
    incident = trip.incidents.get()
    assert (incident.pk, incident.text, incident.at) == (entry, "wheel", later(3))


def test_incident_without_words_is_refused(app: Browser, trip: Trip) -> None:
    answer = act(app, trip, "incidents", uuid4(), kind="other", text=" ")
    assert answer.status_code == 409 and answer.json()["why"]


def test_impossible_moment_of_an_incident_is_not_believed(app: Browser, trip: Trip) -> None:
    for moment in ("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "2026-99-99T00:00:00Z", "x"):
        entry = uuid4()
        answer = act(app, trip, "incidents", entry, kind="other", text="x", at=moment)
        assert answer.status_code == 200
        assert clock.now() - Incident.objects.get(pk=entry).at < timedelta(minutes=1)


def test_good_points_are_stored_though_one_is_ahead(app: Browser, trip: Trip) -> None:
    """FAULTS B2: 60 good points and one ten minutes ahead."""
    now = clock.now()
    good = [point(now - timedelta(minutes=n)) for n in range(1, 61)]
    batch = [*good[:30], point(now + timedelta(minutes=10)), *good[30:]]
    assert send_points(app, trip, batch).json() == {
        "stored": 60,
        "refused": [{"index": 30, "reason": "in_the_future"}],
    }
    assert len(stored_moments(trip)) == 60


def test_every_impossible_point_is_refused_alone(app: Browser, trip: Trip) -> None:
    moment = clock.now() - timedelta(hours=1)
    batch: list[Any] = [
        point(moment),
        {"lat": 1},
        {**point(moment), "speed": 90},
        "words",
        None,
        point(moment, lat=91),
        point(moment, lon="x"),
        point(moment, lat=True),
        point(moment, lat=10**400),
        point(moment, lat="nan"),
        point(moment.replace(tzinfo=None)),
        {"at": "2026-99-99T00:00:00Z", "lat": 1, "lon": 1},
        point(datetime.fromisoformat("0001-01-01T00:00:00+14:00")),
        point(datetime.fromisoformat("9999-12-31T23:59:59-14:00")),
    ]
    answer = send_points(app, trip, batch).json()
    assert answer["stored"] == 1
    assert [one["index"] for one in answer["refused"]] == list(range(1, len(batch)))
    assert [one["reason"] for one in answer["refused"]] == [
        "unreadable",
        "unknown_field",
        "unreadable",
        "unreadable",
        "off_the_globe",
        "unreadable",
        "unreadable",
        "unreadable",
        "off_the_globe",
        "no_time_zone",
        "unreadable",
        "too_old",
        "in_the_future",
    ]


def test_point_a_little_ahead_is_set_to_our_clock_and_stored_once(app: Browser, trip: Trip) -> None:
    ahead = clock.now() + timedelta(seconds=100)
    for count in (1, 0):
        answer = send_points(app, trip, [point(ahead)])
        assert answer.json() == {"stored": count, "refused": []}
    (moment,) = stored_moments(trip)
    assert moment <= clock.now()


def test_point_set_to_our_clock_is_known_when_its_own_time_has_come(trip: Trip) -> None:
    now = clock.now()
    ahead = point(now + timedelta(seconds=100))
    driver_id = trip.driver_id
    assert driver_id
    for at, count in ((now, 1), (now + timedelta(minutes=30), 0)):
        taken = positions.take(job=trip.job_id, driver_id=driver_id, sent=[ahead], at=at)
        assert taken.stored == count


@pytest.mark.parametrize("sent", [{}, "points", 7, None, [point(later(2))] * 501])
def test_what_is_no_list_or_too_long_is_refused_whole(app: Browser, trip: Trip, sent: Any) -> None:
    answer = send_points(app, trip, sent, entry=(entry := uuid4()))
    assert answer.status_code == 422
    assert answer.json()["receipt"] == str(entry) and answer.json()["stored"] == 0
    assert stored_moments(trip) == []


def test_points_carry_the_receipt(app: Browser, trip: Trip) -> None:
    entry = uuid4()
    for count in (1, 0):
        answer = send_points(app, trip, [point(later(2))], entry)
        assert answer.json() == {"receipt": str(entry), "stored": count, "refused": []}


def test_points_older_than_the_end_of_the_trip_are_taken(app: Browser, trip: Trip) -> None:
    """The driver hands in the papers without a network: stages go out first, points after them."""
    Job.objects.filter(pk=trip.job_id).update(closed_at=later(5), stage="papers_in")
    batch = [point(later(4)), point(later(6))]
    assert send_points(app, trip, batch).json() == {
        "stored": 1,
        "refused": [{"index": 1, "reason": "trip_over"}],
    }


def test_points_by_api_are_taken_each_by_itself(
    trip: Trip, driver: Driver, driver_call: Any
) -> None:
    call = driver_call(driver)
    url = f"trips/{trip.job_id}/positions"
    batch = [point(later(2)), point(clock.now() + timedelta(minutes=10)), {"lat": 1}]
    assert call.send("post", url, batch).json() == {
        "stored": 1,
        "refused": [
            {"index": 1, "reason": "in_the_future"},
            {"index": 2, "reason": "unreadable"},
        ],
    }
    for whole in ({}, [point(later(2))] * 501):
        answer = call.send("post", url, whole)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("act_name", ["advance", "incidents", "positions"])
def test_queue_of_the_driver_before_is_kept_when_another_has_signed_in(
    driver_browser: Any, trip: Trip, driver: Driver, act_name: str
) -> None:
    other = driver_browser(order_samples.own_driver("Чужой", "+996555777005"))
    headers = {"X-Receipt": str(uuid4()), "X-Driver": str(driver.pk)}
    answer = other.post(f"/driver/jobs/{trip.job_id}/{act_name}/", {}, headers=headers)
    assert answer.status_code == 403
    assert "receipt" not in answer.content.decode()


def test_own_queue_is_taken(app: Browser, trip: Trip, driver: Driver) -> None:
    headers = {"X-Receipt": str(uuid4()), "X-Driver": str(driver.pk)}
    url = f"/driver/jobs/{trip.job_id}/advance/"
    assert app.post(url, {"stage": "to_loading"}, headers=headers).status_code == 200


def test_every_page_of_the_app_sends_what_waits(app: Browser, trip: Trip, driver: Driver) -> None:
    job_page = f"/driver/jobs/{trip.job_id}/"
    for address in ("/driver/", job_page, "/driver/offers/", "/driver/exchange/"):
        html = app.get(address).content.decode()
        assert f'data-queue="{driver.pk}"' in html, address
        assert "js/driving" in html, address
        assert f"/driver/login/?next={quote(address, safe='')}" in html, address
    html = app.get(job_page).content.decode()
    for mark in ("data-stage-form", "data-incident-form", "data-positions", 'data-live="act"'):
        assert mark in html
