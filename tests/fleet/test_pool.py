"""The lists: what everyone sees of the pool, what the home alone sees."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fleet import vehicles
from tenants.context import inside
from tenants.drivers.models import Driver
from tenants.kit import clock
from tests.fleet.conftest import INN, LICENCE, NewDriver, new_phone
from tests.world import Cast

LIST_QUERIES = {
    "/fleet/": 3,
    "/fleet/vehicles/": 2,
}  # both counts, the rows, what is private of them


def truck(cast: Cast, plate: str, **changes: Any) -> None:
    fields = {
        "plate": plate,
        "model": "MAN",
        "body": "tent",
        "capacity_kg": None,
        "volume_m3": None,
        "adr": False,
    } | changes
    with inside(cast.scope):
        vehicles.add(values=fields, by=cast.actor("dispatcher"), at=clock.now())


def test_private_data_is_whole_at_home_and_masked_elsewhere(
    alpha: Cast, beta: Cast, browse: Any, add: NewDriver
) -> None:
    phone = new_phone()
    add(
        alpha,
        name="Zamir <b>",
        phone=phone,
        responsible="dispatcher of alpha",
    )
    home, away = (browse(cast).get("/fleet/?q=Zamir").content.decode() for cast in (alpha, beta))
    assert (
        phone in home
        and INN in home
        and "Zamir &lt;b&gt;" in home
        and "dispatcher of alpha" in home
    )
    assert "Zamir &lt;b&gt;" in away and f"***{phone[-4:]}" in away
    assert not [
        secret
        for secret in (
            phone,
            INN,
            "dispatcher of alpha",
            "<b>Zamir <b>",
        )
        if secret in away
    ]


def test_strangers_are_found_by_a_whole_number_and_own_ones_by_a_part(
    alpha: Cast, beta: Cast, browse: Any, add: NewDriver
) -> None:
    phone = new_phone()
    add(alpha, name="Zamir", phone=phone)
    home = browse(alpha)
    away = browse(beta)
    for text in (phone[5:10], INN[3:9], LICENCE[:5]):
        assert "Zamir" in home.get("/fleet/", {"q": text}).content.decode()
        assert "Zamir" not in away.get("/fleet/", {"q": text}).content.decode()
    for text in (phone, INN, LICENCE):
        assert "Zamir" in away.get("/fleet/", {"q": text}).content.decode()


def test_filters_and_sorting_keep_each_other(alpha: Cast, browse: Any, add: NewDriver) -> None:
    add(alpha, name="Aaa Own")
    add(alpha, name="Zzz Own")
    head = browse(alpha)
    page = head.get("/fleet/?q=Own&whose=own&sort=-name").content.decode()
    assert page.index("Zzz Own") < page.index("Aaa Own")
    assert (
        re.search(r"q=Own[^\"]*&amp;sort=ref|sort=ref[^\"]*q=Own", page)
        and 'name="sort" value="-name"' in page
    )
    assert "Aaa Own" not in head.get("/fleet/?q=Own&whose=pool").content.decode()
    assert "Aaa Own" not in head.get("/fleet/?q=Own&status=archived").content.decode()


def test_activity_is_said_as_an_age(alpha: Cast, browse: Any, driver: Driver) -> None:
    with inside(alpha.scope):
        Driver.objects.filter(pk=driver.pk).update(last_active_at=clock.now() - timedelta(days=40))
    assert "1\xa0месяц" in browse(alpha).get("/fleet/", {"q": driver.ref}).content.decode()


def test_vehicles_are_filtered(alpha: Cast, browse: Any) -> None:
    truck(alpha, "01KG777")
    truck(alpha, "02KG777", body="ref")
    head = browse(alpha)
    page = head.get("/fleet/vehicles/?q=777&body=ref").content.decode()
    assert "02KG777" in page and "01KG777" not in page
    assert 'class="empty-state"' in head.get("/fleet/vehicles/?whose=pool&q=777").content.decode()


@pytest.mark.parametrize("url", ["/fleet/", "/fleet/vehicles/", "/drivers/"])
@pytest.mark.parametrize(
    "query",
    [
        "whose=x",
        "page=x",
        "page=0",
        "page=②",
        "status=x",
        "sort=drop",
        "body=x",
        "view=x",
        "q=%27",
    ],
)
def test_rubbish_in_the_address_is_no_error(alpha: Cast, browse: Any, url: str, query: str) -> None:
    assert browse(alpha).get(f"{url}?{query}").status_code == 200


def test_a_client_has_no_fleet(alpha: Cast, browse: Any, driver: Driver) -> None:
    client = browse(alpha, "client")
    for url in (
        "/fleet/",
        "/fleet/vehicles/",
        "/drivers/",
        f"/fleet/drivers/{driver.pk}/",
        "/fleet/drivers/new/",
    ):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", sorted(LIST_QUERIES))
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_for_one_row_and_three(
    alpha: Cast, browse: Any, add: NewDriver, url: str, rows: int
) -> None:
    for number in range(rows):
        add(alpha, name=f"Zebra {number}")
        truck(alpha, f"ZEBRA {number}")
    head = browse(alpha)
    head.get(f"{url}?whose=own")  # the brand is read once in a while
    with CaptureQueriesContext(connection) as seen:
        page = head.get(f"{url}?whose=own").content.decode()
    mine = [query["sql"] for query in seen if "drivers_" in query["sql"]]
    assert (len(mine), page.count("<tr data-href")) == (
        LIST_QUERIES[url],
        rows,
    )
