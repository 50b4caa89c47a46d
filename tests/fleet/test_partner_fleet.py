"""A partner enters its own drivers and vehicles; nobody else's are there for it."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.context import inside
from tenants.drivers import queries as pool
from tenants.drivers.models import Driver, DriverPrivate, Vehicle
from tests.orders import order_samples
from tests.world import Cast

DRIVER = {"name": "Асан Партнёров", "phone": "+996555123456", "inn": "", "licence": "kg 12"}
VEHICLE = {"plate": "01kg 123 abc", "body": "tent", "capacity_kg": "20 000"}


@pytest.fixture
def partners(in_alpha: Cast) -> Cast:
    for name in ("partner", "partner2"):
        order_samples.partner_carrier(in_alpha, name)
    return in_alpha


def test_a_partner_enters_a_driver_and_a_vehicle(partners: Cast, browse: Any) -> None:
    browser = browse(partners, "partner")
    assert browser.post("/partner/drivers/new/", DRIVER).status_code == 302
    assert browser.post("/partner/vehicles/new/", VEHICLE).status_code == 302
    driver = Driver.objects.select_related("carrier").get()
    vehicle = Vehicle.objects.get()
    carrier = order_samples.partner_carrier(partners, "partner").carrier_id
    assert (driver.carrier_id, driver.home_role, driver.phone_tail) == (
        carrier,
        partners.scope.role,
        "3456",
    )
    assert (vehicle.carrier_id, vehicle.plate) == (carrier, "01KG 123 ABC")
    for address in ("/partner/drivers/", "/partner/vehicles/", f"/partner/drivers/{driver.pk}/"):
        assert browser.get(address).status_code == 200, address
    assert "+996555123456" in browser.get("/partner/drivers/?q=3456").content.decode()


def test_drivers_of_a_partner_are_not_the_own_fleet(partners: Cast, browse: Any) -> None:
    browse(partners, "partner").post("/partner/drivers/new/", DRIVER)
    own = order_samples.own_driver()
    assert set(pool.drivers(own=True)) == {own}
    shown = browse(partners, "dispatcher").get("/drivers/").content.decode()
    assert own.name in shown
    assert "Партнёров" not in shown


def test_another_partner_neither_sees_nor_changes_them(partners: Cast, browse: Any) -> None:
    browse(partners, "partner").post("/partner/drivers/new/", DRIVER)
    browse(partners, "partner").post("/partner/vehicles/new/", VEHICLE)
    driver = Driver.objects.get()
    vehicle = Vehicle.objects.get()
    rival = browse(partners, "partner2")
    for page in ("/partner/drivers/", "/partner/vehicles/"):
        shown = rival.get(page).content.decode()
        assert "Партнёров" not in shown
        assert "01KG" not in shown
    for address in (
        f"/partner/drivers/{driver.pk}/",
        f"/partner/vehicles/{vehicle.pk}/",
    ):
        assert rival.get(address).status_code == 404
        assert rival.post(f"{address}archive/").status_code == 404
    assert browse(partners, "client").get("/partner/drivers/").status_code == 404
    answer = rival.post("/partner/drivers/new/", DRIVER | {"name": "Другой"})
    assert answer.status_code == 422
    assert driver.ref not in answer.content.decode()
    assert "Партнёров" not in answer.content.decode()


def test_another_reseller_s_partner_has_them_not(partners: Cast, beta: Cast, browse: Any) -> None:
    browse(partners, "partner").post("/partner/drivers/new/", DRIVER)
    driver = Driver.objects.get()
    with inside(beta.scope):
        order_samples.partner_carrier(beta, "partner")
        stranger = browse(beta, "partner")
        assert stranger.get(f"/partner/drivers/{driver.pk}/").status_code == 404
        assert not DriverPrivate.objects.filter(pk=driver.pk).exists()


def test_edited_archived_and_brought_back(partners: Cast, browse: Any) -> None:
    browser = browse(partners, "partner")
    browser.post("/partner/drivers/new/", DRIVER)
    driver = Driver.objects.get()
    address = f"/partner/drivers/{driver.pk}/"
    assert browser.post(address, DRIVER | {"name": "Асан Новый"}).status_code == 302
    assert browser.post(f"{address}archive/").status_code == 302
    driver.refresh_from_db()
    assert (driver.name, driver.status) == ("Асан Новый", "archived")
    assert browser.post(f"{address}restore/").status_code == 302
    driver.refresh_from_db()
    assert driver.status == "active"


def test_the_partner_s_menu_has_its_work(partners: Cast, browse: Any) -> None:
    shown = browse(partners, "partner").get("/partner/").content.decode()
    for address in ("/partner/drivers/", "/partner/documents/", "/partner/payouts/"):
        assert f'href="{address}"' in shown
