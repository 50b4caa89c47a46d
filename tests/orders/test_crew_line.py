"""Driver and vehicle are named for a won load: by the partner, or by the dispatcher for it."""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import Document
from orders import assignment, papers
from orders.models import Trip
from orders.receivers import crew_named
from tenants.drivers.models import Driver, DriverPrivate, Vehicle
from tests.hearing.heard import hearers_of
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.page_forms import form_with
from tests.world import Cast

LINE = "Асанов Бакыт, 01KG123ABC, +996 555 123 456"
CHECKED = {
    "checked": "1",
    "name": "Асанов Бакыт",
    "phone": "+996555123456",
    "plate": "01KG123ABC",
    "body": "tent",
}
TO_BE_NAMED = "будет указано позже"


@pytest.fixture
def trip(in_alpha: Cast) -> Trip:
    """The partner won the load and has named nobody."""
    order = order_samples.order(in_alpha)
    company = order_samples.partner_carrier(in_alpha)
    choice = assignment.assignment_to(order=order, rate=None, partner=company)
    return assignment.assign_directly(
        order=order, assignment=choice, by=in_alpha.actor("head"), at=later(1)
    )


def address_of(trip: Trip, name: str) -> str:
    if name == "partner":
        return f"/partner/jobs/{trip.job_id}/crew-line/"
    return f"/orders/{trip.order.ref}/trip/crew-line/"


@pytest.mark.parametrize("name", ["partner", "dispatcher"])
def test_a_line_is_shown_as_understood_before_anything_is_written(
    in_alpha: Cast, trip: Trip, browse: Any, name: str
) -> None:
    answer = browse(in_alpha, name).post(address_of(trip, name), {"line": f"{LINE}, привет"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    for part in ("Асанов Бакыт", "01KG123ABC", "привет"):
        assert part in shown
    assert not Driver.objects.exists()


@pytest.mark.parametrize("name", ["partner", "dispatcher"])
def test_the_page_of_the_trip_has_the_line(
    in_alpha: Cast, trip: Trip, browse: Any, name: str
) -> None:
    address = address_of(trip, name)
    page = browse(in_alpha, name).get(address.removesuffix("crew-line/"))
    form = form_with(page.content, address, "line")
    assert form.action == address
    assert form.fields["csrfmiddlewaretoken"]


@pytest.mark.parametrize("name", ["partner", "dispatcher"])
def test_checked_names_are_added_and_named(
    in_alpha: Cast, trip: Trip, browse: Any, name: str
) -> None:
    browser = browse(in_alpha, name)
    heard = hearers_of(lambda: browser.post(address_of(trip, name), CHECKED))
    trip.refresh_from_db()
    driver = Driver.objects.get()
    vehicle = Vehicle.objects.get()
    assert (trip.driver_id, trip.vehicle_id, trip.driver_name, trip.plate) == (
        driver.pk,
        vehicle.pk,
        "Асанов Бакыт",
        "01KG123ABC",
    )
    assert (driver.carrier_id, vehicle.carrier_id) == (trip.carrier_id, trip.carrier_id)
    assert DriverPrivate.objects.get().phone == "+996555123456"
    others = {"partner": {"dispatcher"}, "dispatcher": {"partner"}}
    assert set(heard) == others[name]


def test_those_whom_the_carrier_has_are_not_added_again(
    in_alpha: Cast, trip: Trip, browse: Any
) -> None:
    browser = browse(in_alpha, "partner")
    browser.post(address_of(trip, "partner"), CHECKED)
    other = CHECKED | {"plate": "02KG555AAA"}
    assert browser.post(address_of(trip, "partner"), other).status_code == 302
    trip.refresh_from_db()
    assert (Driver.objects.count(), Vehicle.objects.count()) == (1, 2)
    assert trip.plate == "02KG555AAA"


def test_a_half_line_is_refused_at_its_field(in_alpha: Cast, trip: Trip, browse: Any) -> None:
    answer = browse(in_alpha, "partner").post(
        address_of(trip, "partner"), CHECKED | {"plate": "", "phone": "12"}
    )
    assert answer.status_code == 422
    assert not Driver.objects.exists()


def test_another_partner_cannot_name_anybody(in_alpha: Cast, trip: Trip, browse: Any) -> None:
    order_samples.partner_carrier(in_alpha, "partner2")
    rival = browse(in_alpha, "partner2")
    assert rival.post(address_of(trip, "partner"), CHECKED).status_code == 404


def test_the_office_names_nobody_for_a_stranger(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    driver = order_samples.pool_driver()
    choice = assignment.assignment_to(order=order, rate=None, driver=driver)
    trip = assignment.assign_directly(
        order=order, assignment=choice, by=in_alpha.actor("head"), at=later(1)
    )
    browser = browse(in_alpha, "dispatcher")
    assert "crew-line" not in browser.get(f"/orders/{order.ref}/trip/").content.decode()
    assert browser.post(address_of(trip, "dispatcher"), CHECKED).status_code == 422


def test_papers_say_what_is_not_named_and_are_corrected_later(
    in_alpha: Cast, trip: Trip, browse: Any
) -> None:
    order = trip.order
    papers.request(order=order, at=later(2))
    papers.instruction(order=order, at=later(2))
    for paper in Document.objects.all():
        assert paper.context["vehicle"]["plates"] == TO_BE_NAMED
        assert paper.context["driver"]["name"] == TO_BE_NAMED
    for address in (f"/orders/{order.ref}/trip/", f"/orders/{order.ref}/documents/"):
        assert TO_BE_NAMED in browse(in_alpha, "dispatcher").get(address).content.decode()
    assert (
        TO_BE_NAMED
        in browse(in_alpha, "partner").get(f"/partner/jobs/{trip.job_id}/").content.decode()
    )
    browse(in_alpha, "partner").post(address_of(trip, "partner"), CHECKED)
    crew_named({"order": str(order.pk)}, later(3))
    crew_named({"order": str(order.pk)}, later(4))
    corrections = Document.objects.filter(corrects__isnull=False)
    assert {paper.kind: paper.context["vehicle"]["plates"] for paper in corrections} == {
        "request": "01KG123ABC",
        "instruction": "01KG123ABC",
    }
    assert corrections.count() == 2


def test_an_assignment_without_a_crew_is_asked_about(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    company = order_samples.partner_carrier(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    sent = {
        "partner": str(company.pk),
        "driver": "",
        "vehicle": "",
        "rate": "990 000",  # a loss, which is asked about too
        "currency": "KGS",
        "version": str(order.version),
    }
    first = browser.post(f"/orders/{order.ref}/assign/", sent)
    assert first.status_code == 409
    assert TO_BE_NAMED in first.content.decode()
    second = browser.post(f"/orders/{order.ref}/assign/", sent | {"sure": "crew"})
    assert second.status_code == 409
    assert 'value="crew|margin ' in second.content.decode()
    margin = second.content.decode().partition('value="crew|')[2].partition('"')[0]
    sure = {"sure": f"crew|{margin}"}
    assert browser.post(f"/orders/{order.ref}/assign/", sent | sure).status_code == 302


def test_papers_pressed_without_a_crew_are_asked_about(
    in_alpha: Cast, trip: Trip, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{trip.order.ref}/documents/make/"
    assert browser.post(address).status_code == 409
    assert not Document.objects.exists()
    assert browser.post(address, {"sure": "crew"}).status_code == 302
    assert Document.objects.exists()
