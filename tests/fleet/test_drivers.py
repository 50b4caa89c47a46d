"""Own drivers and their cards; a stranger's card tells no more than the list."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from fleet import queries
from tenants.context import PLATFORM, inside
from tenants.drivers import pool
from tenants.drivers.models import Driver
from tenants.exchange import jobs
from tenants.kit import clock
from tests.fleet.conftest import (
    INN,
    LICENCE,
    NewDriver,
    new_phone,
    values,
)
from tests.world import Cast


def open_job(owner: Cast, driver: Driver, ref: str = "ORD-260313-0001") -> UUID:
    with inside(owner.scope):
        return jobs.open_job(
            trip_id=uuid4(),
            order_ref=ref,
            owner_name=owner.info.name,
            carrier_id=driver.carrier_id,
            rate=Decimal("987654.32"),
            currency="KGS",
            at=clock.now() - timedelta(hours=2),
            driver_id=driver.pk,
            cargo=[],
            stops=[
                {
                    "kind": "loading",
                    "place": "Бишкек",
                    "on": "2026-03-15",
                },
                {"kind": "unloading", "place": "Ош"},
            ],
        )


def state(cast: Cast, driver: Driver) -> tuple[Any, ...]:
    with inside(cast.scope):
        row = Driver.objects.get(pk=driver.pk)
        private = queries.private_of([driver.pk])[driver.pk]
        return (
            row.name,
            row.status,
            row.phone_tail,
            private.phone,
            private.inn,
        )


def test_a_driver_is_added_on_a_page(alpha: Cast, browse: Any) -> None:
    dispatcher = browse(alpha, "dispatcher")
    fields = values(
        name="Азамат <i>",
        responsible="dispatcher of alpha",
        adr="on",
    )
    assert dispatcher.get("/fleet/drivers/new/").status_code == 200
    answer = dispatcher.post("/fleet/drivers/new/", fields)
    page = dispatcher.get(answer["Location"]).content.decode()
    assert all(
        word in page
        for word in (
            "Азамат &lt;i&gt;",
            fields["phone"],
            INN,
            LICENCE,
            "DRV-",
            "dispatcher of alpha",
        )
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"phone": "123"},
        {"responsible": "Nobody"},
        {"name": "x" * 201},
        {"licence": "ß" * 30},
        {"name": "\u200b\n\u202e"},
    ],
)
def test_a_wrong_form_adds_nobody(alpha: Cast, browse: Any, wrong: dict[str, str]) -> None:
    assert (
        browse(alpha, "dispatcher").post("/fleet/drivers/new/", values() | wrong).status_code == 422
    )
    with inside(alpha.scope):
        assert not queries.own_drivers().exists()


def test_a_phone_belongs_to_one_own_driver(
    alpha: Cast, beta: Cast, browse: Any, driver: Driver, add: NewDriver
) -> None:
    phone = state(alpha, driver)[3]
    other = add(alpha, name="Other")
    dispatcher = browse(alpha, "dispatcher")
    before = state(alpha, other)
    assert (
        driver.ref in dispatcher.post("/fleet/drivers/new/", values(phone=phone)).content.decode()
    )
    assert (
        dispatcher.post(f"/fleet/drivers/{other.pk}/edit/", values(phone=phone)).status_code == 422
    )
    assert state(alpha, other) == before
    assert (
        browse(beta, "dispatcher").post("/fleet/drivers/new/", values(phone=phone)).status_code
        == 302
    )  # and is told nothing


def test_details_are_edited_and_the_history_says_so(
    alpha: Cast, browse: Any, driver: Driver
) -> None:
    dispatcher = browse(alpha, "dispatcher")
    phone = new_phone()
    url = f"/fleet/drivers/{driver.pk}/"
    assert LICENCE in dispatcher.get(f"{url}edit/").content.decode()
    assert (
        dispatcher.post(f"{url}edit/", values(name="Новый", phone=phone, inn="1")).status_code
        == 302
    )
    assert state(alpha, driver) == (
        "Новый",
        "active",
        phone[-4:],
        phone,
        "1",
    )
    assert dispatcher.get(url).content.decode().count('class="event ') == 2


def test_driver_is_archived_and_taken_back(alpha: Cast, browse: Any, driver: Driver) -> None:
    dispatcher = browse(alpha, "dispatcher")
    url = f"/fleet/drivers/{driver.pk}/"
    assert dispatcher.post(f"{url}archive/").status_code == 302
    assert state(alpha, driver)[1] == "archived"
    assert driver.ref not in dispatcher.get("/fleet/").content.decode()
    assert driver.ref in dispatcher.get("/fleet/?status=archived").content.decode()
    assert dispatcher.post(f"{url}restore/").status_code == 302
    assert state(alpha, driver)[1] == "active"


def test_nobody_comes_back_with_a_phone_that_another_has_by_now(
    alpha: Cast, browse: Any, driver: Driver, add: NewDriver
) -> None:
    dispatcher = browse(alpha, "dispatcher")
    url = f"/fleet/drivers/{driver.pk}/"
    dispatcher.post(f"{url}archive/")
    add(alpha, phone=state(alpha, driver)[3])
    dispatcher.post(f"{url}restore/")
    assert state(alpha, driver)[1] == "archived"


def test_a_driver_on_a_trip_is_not_archived(alpha: Cast, browse: Any, driver: Driver) -> None:
    open_job(alpha, driver)
    dispatcher = browse(alpha, "dispatcher")
    url = f"/fleet/drivers/{driver.pk}/"
    dispatcher.post(f"{url}archive/")
    assert state(alpha, driver)[1] == "active"
    assert "ORD-260313-0001" in dispatcher.get(url).content.decode()


def test_another_reseller_sees_a_masked_card_and_may_do_nothing(
    alpha: Cast, beta: Cast, browse: Any, driver: Driver
) -> None:
    open_job(alpha, driver, "ORD-SECRET")
    phone = state(alpha, driver)[3]
    before = state(alpha, driver)
    stranger = browse(beta, "dispatcher")
    url = f"/fleet/drivers/{driver.pk}/"
    page = stranger.get(url).content.decode()
    assert driver.name in page and f"***{phone[-4:]}" in page
    assert not [
        secret
        for secret in (
            phone,
            INN,
            LICENCE,
            "ORD-SECRET",
            "/edit/",
            "/access/",
        )
        if secret in page
    ]
    assert not re.search(r"987\D{0,6}654", page)  # the rate, however its thousands are written
    assert stranger.get(f"{url}edit/").status_code == 404
    for act in ("edit", "archive", "restore", "access", "access/block"):
        assert stranger.post(f"{url}{act}/", values()).status_code == 404
    assert state(alpha, driver) == before


def test_a_driver_of_the_platform_s_pool_is_read_only_too(alpha: Cast, browse: Any) -> None:
    phone = new_phone()
    with inside(PLATFORM):
        free = pool.register_driver(
            name="Вольный",
            phone=phone,
            inn=INN,
            on=clock.now().date(),
            at=clock.now(),
        )
    head = browse(alpha)
    page = head.get(f"/fleet/drivers/{free.pk}/").content.decode()
    assert "Вольный" in page and phone not in page and INN not in page and "/edit/" not in page
    assert head.post(f"/fleet/drivers/{free.pk}/access/").status_code == 404


def test_an_accountant_looks_and_changes_nothing(alpha: Cast, browse: Any, driver: Driver) -> None:
    accountant = browse(alpha, "accountant")
    url = f"/fleet/drivers/{driver.pk}/"
    assert "/access/" not in accountant.get(url).content.decode()
    assert accountant.get("/fleet/drivers/new/").status_code == 403
    for act in ("edit", "archive", "restore", "access", "access/block"):
        assert accountant.post(f"{url}{act}/").status_code == 403
    assert accountant.get(f"/fleet/drivers/{uuid4()}/").status_code == 404
