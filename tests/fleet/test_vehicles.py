"""Own vehicles and their cards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tenants.context import inside
from tenants.drivers.models import Vehicle
from tests.world import Cast

NEW = "/fleet/vehicles/new/"


def values(**changes: str) -> dict[str, str]:
    return {
        "plate": "01 kg  777 <b>",
        "model": "MAN",
        "body": "tent",
        "capacity_kg": "20 000",
        "volume_m3": "82,5",
    } | changes


def add_on_page(cast: Cast, browser: Any, **changes: str) -> Vehicle:
    answer = browser.post(NEW, values(**changes))
    assert answer.status_code == 302
    with inside(cast.scope):
        return Vehicle.objects.get(pk=answer["Location"].rstrip("/").split("/")[-1])


def again(cast: Cast, vehicle: Vehicle) -> Vehicle:
    with inside(cast.scope):
        return Vehicle.objects.get(pk=vehicle.pk)


def test_a_vehicle_is_added_and_edited_on_pages(alpha: Cast, browse: Any) -> None:
    dispatcher = browse(alpha, "dispatcher")
    vehicle = add_on_page(alpha, dispatcher)
    assert (vehicle.plate, vehicle.capacity_kg, vehicle.volume_m3) == (
        "01 KG 777 <B>",
        Decimal(20000),
        Decimal("82.5"),
    )
    url = f"/fleet/vehicles/{vehicle.pk}/"
    assert (
        "01 KG 777 &lt;B&gt;" in dispatcher.get(url).content.decode()
        and dispatcher.get(f"{url}edit/").status_code == 200
    )
    assert (
        dispatcher.post(
            f"{url}edit/",
            values(plate="02KG", adr="on", capacity_kg=""),
        ).status_code
        == 302
    )
    after = again(alpha, vehicle)
    assert (after.plate, after.adr, after.capacity_kg) == (
        "02KG",
        True,
        None,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"plate": ""},
        {"plate": "ß" * 20},
        {"body": "x"},
        {"capacity_kg": "0"},
        {"capacity_kg": "1e9999"},
        {"volume_m3": "NaN"},
        {"volume_m3": "123456"},
        {"plate": "\0"},
    ],
)
def test_a_wrong_form_adds_nothing(alpha: Cast, browse: Any, wrong: dict[str, str]) -> None:
    assert browse(alpha, "dispatcher").post(NEW, values(**wrong)).status_code == 422
    with inside(alpha.scope):
        assert not Vehicle.objects.filter(home_role=alpha.info.schema).exists()


def test_a_plate_stands_once_in_a_fleet(alpha: Cast, beta: Cast, browse: Any) -> None:
    dispatcher = browse(alpha, "dispatcher")
    first = add_on_page(alpha, dispatcher)
    second = add_on_page(alpha, dispatcher, plate="02KG")
    assert first.ref in dispatcher.post(NEW, values()).content.decode()
    assert dispatcher.post(f"/fleet/vehicles/{second.pk}/edit/", values()).status_code == 422
    assert again(alpha, second).plate == "02KG"
    add_on_page(
        beta, browse(beta, "dispatcher")
    )  # elsewhere it may stand, and nothing is told of ours


def test_archive_and_back_unless_the_plate_is_taken(alpha: Cast, browse: Any) -> None:
    dispatcher = browse(alpha, "dispatcher")
    vehicle = add_on_page(alpha, dispatcher)
    url = f"/fleet/vehicles/{vehicle.pk}/"
    for act, status in (
        ("archive", "archived"),
        ("restore", "active"),
        ("archive", "archived"),
    ):
        assert dispatcher.post(f"{url}{act}/").status_code == 302
        assert again(alpha, vehicle).status == status
    add_on_page(alpha, dispatcher)
    assert dispatcher.post(f"{url}restore/").status_code == 302
    assert again(alpha, vehicle).status == "archived"


def test_another_reseller_reads_the_card_and_may_do_nothing(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    vehicle = add_on_page(alpha, browse(alpha, "dispatcher"))
    stranger = browse(beta, "dispatcher")
    page = stranger.get(f"/fleet/vehicles/{vehicle.pk}/").content.decode()
    assert vehicle.ref in page and "/edit/" not in page and "/archive/" not in page
    for act in ("edit", "archive", "restore"):
        assert (
            stranger.post(
                f"/fleet/vehicles/{vehicle.pk}/{act}/",
                values(plate="X"),
            ).status_code
            == 404
        )
    assert again(alpha, vehicle).plate == vehicle.plate
    assert (
        browse(alpha, "accountant").post(f"/fleet/vehicles/{vehicle.pk}/archive/").status_code
        == 403
    )
