"""Help contacts stand as links in every shell, on the login page, on parcel and join pages."""

from __future__ import annotations

from typing import Any

import pytest

from companies import invites
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.kit.contacts import contacts_of
from tenants.platform.models import Reseller
from tests.orders import order_samples
from tests.orders.conftest import driver_browser  # noqa: F401
from tests.world import Cast

CONTACTS = {
    "support_email": "help@alpha.test",
    "support_line": "@alpha",
    "support_whatsapp": "+996 555 000 111",
    "support_telegram": "@alpha_help",
    "support_phone": "+996 312 000 111",
}
LINKS = (
    "mailto:help@alpha.test",
    "https://line.me/R/ti/p/%40alpha",
    "https://wa.me/996555000111",
    "https://t.me/alpha_help",
    "tel:+996312000111",
)
PLATFORM_LINK = "mailto:manager@platform.test"


@pytest.fixture
def helped(in_alpha: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    from config import page

    monkeypatch.setattr(page, "_brands", {})
    monkeypatch.setattr(page, "_homes", {})
    brand = page.Brand("Track.com", contacts=contacts_of(email="manager@platform.test"))
    monkeypatch.setattr(page, "PLATFORM_BRAND", brand)
    with inside(PLATFORM):
        Reseller.objects.filter(pk=in_alpha.info.id).update(**CONTACTS)
    return in_alpha


def links_in(html: str) -> set[str]:
    return {link for link in (*LINKS, PLATFORM_LINK) if f'href="{link}"' in html}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("head", "/"),
        ("dispatcher", "/orders/"),
        ("accountant", "/finance/"),
        ("client", "/cabinet/"),
        ("partner", "/partner/"),
        ("cargo_staff", "/cargo/"),
    ],
)
def test_every_shell_has_them(helped: Cast, browse: Any, name: str, address: str) -> None:
    order_samples.partner_carrier(helped)
    shown = links_in(browse(helped, name).get(address).content.decode())
    is_office = name in ("head", "dispatcher", "accountant")
    assert shown == {*LINKS, *([PLATFORM_LINK] if is_office else [])}


def test_the_driver_s_app_has_those_of_the_own_fleet(
    helped: Cast,
    driver_browser: Any,  # noqa: F811
) -> None:
    from dataclasses import replace

    driver = order_samples.own_driver()
    browser = driver_browser(driver)
    assert replace(order_samples.as_driver(driver)).home_reseller_id is None
    assert links_in(browser.get("/driver/").content.decode()) == set(LINKS)


def test_the_login_page_has_the_platform_s(helped: Cast, browse: Any) -> None:
    shown = browse().get("/login/").content.decode()
    assert links_in(shown) == {PLATFORM_LINK}


def test_invited_people_and_customers_of_parcels_have_the_reseller_s(
    helped: Cast, browse: Any
) -> None:
    from commission.cargo.shipments import parcels

    invited = invites.invite(
        kind="client",
        name="Новый",
        full_name="Новый Человек",
        email="new@client.test",
        phone="",
        language="ru",
        by=helped.actor("head"),
        at=clock.now(),
    )
    join_page = "/" + invited.link.partition("://")[2].partition("/")[2]
    parcel_page = f"/p/{parcels.token_of(helped.info)}/"
    for address in (join_page, parcel_page):
        assert links_in(browse().get(address).content.decode()) == set(LINKS), address


def test_the_office_sets_them(in_alpha: Cast, browse: Any) -> None:
    answer = browse(in_alpha).post("/my-company/support/", CONTACTS)
    assert answer.status_code == 302
    with inside(PLATFORM):
        kept = Reseller.objects.filter(pk=in_alpha.info.id).values(*CONTACTS).get()
    assert kept == CONTACTS | {
        "support_whatsapp": "+996555000111",
        "support_phone": "+996312000111",
    }
    bad = CONTACTS | {"support_whatsapp": "12"}
    assert browse(in_alpha).post("/my-company/support/", bad).status_code == 422
