"""Every page that a menu leads to, for everyone who has a menu, and those open to all: wide and on
a phone, in Russian and Thai.

Each is quiet (console, policy, answers), no wider than the screen and, by axe, open to everybody;
the pictures are for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.e2e import office, people
from tests.e2e.visitor import PHONE, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.proof]
MENU = ".side-item, .top-item, .bottom-item[href]"
OWN = ", .who + .dropdown-menu a"  # the same for everybody: the head looks
BEHIND = (
    "nav.tabs a, .page-acts a.btn-primary, tr[data-href]:first-child a, a.job-card:first-of-type"
)
PANEL = "#content-main th a"
OPEN = ("/login/", "/password/reset/", "/driver/login/")
ALONE = (
    "head",
    "client",
    "partner",
    "driver",
    "cargo-admin",
)  # their colleagues see parts of the same pages: those in the dark
ROLES = {
    "head": "head@alatoo.demo",
    "dispatcher": "dispatcher@alatoo.demo",
    "accountant": "accountant@alatoo.demo",
    "client": "client@alatoo.demo",
    "partner": "partner@alatoo.demo",
    "driver": "+996555000001",
    "cargo-admin": "admin@prcargo.demo",
    "cargo-manager": "manager@prcargo.demo",
    "cargo-staff": "staff@prcargo.demo",
    "cargo-sale": "sale@prcargo.demo",
}


@pytest.mark.parametrize("role", ROLES)
def test_pages_of(role: str, visit: Callable[..., Visitor]) -> None:
    who = visit(role)
    come_in(who, ROLES[role])
    addresses = reachable(who, deeper=role in ALONE)
    assert len(addresses) >= 2
    if role in ALONE:
        look_at(who, addresses)
    else:
        look_at(who, addresses, theme="dark", by_axe=(WIDE,))


def test_pages_of_the_platform(visit: Callable[..., Visitor]) -> None:
    who = visit("platform")
    office.sign_in(who, people.MANAGER, people.PASSWORD)
    office.switch_on_second_step(who, people.PASSWORD)
    who.go("/admin/")
    look_at(who, ["/admin/", *links(who, PANEL)])


def test_pages_open_to_all(visit: Callable[..., Visitor]) -> None:
    shop = visit("cargo-admin")
    come_in(shop, ROLES["cargo-admin"])
    parcel = links(shop.go("/cargo/") and shop, "main a[target=_blank]")
    assert len(parcel) == 1
    look_at(visit("anonymous"), [*OPEN, *parcel])


def look_at(
    who: Visitor,
    addresses: list[str],
    *,
    theme: str = "light",
    by_axe: tuple[int, ...] = (WIDE, PHONE),
) -> None:
    """In Russian with axe, then in Thai."""
    for language in ("ru", "th"):
        who.speak(language, theme)
        for address in addresses:
            who.go(address)
            assert who.page.get_attribute("html", "lang") == language
            name = re.sub(r"\W+", "-", address.removeprefix(who.url)).strip("-") or "dashboard"
            who.look(name, by_axe=by_axe if language == "ru" else ())


def come_in(who: Visitor, login: str) -> None:
    if not login.startswith("+"):
        office.sign_in(who, login, people.PASSWORD)
        return
    who.go("/driver/login/")
    who.fill(phone=login, pin="111111")
    who.press("form:has([name=pin]) button.btn-primary")


def reachable(who: Visitor, *, deeper: bool) -> list[str]:
    """What the menu leads to, the tabs there, the main act, and the first card of each list."""
    addresses = menu = links(who, MENU + (OWN if who.name == "head" else ""))
    behind = [
        one for one in menu if one.startswith("/cargo/") or who.name != "cargo-admin"
    ]  # the head sees its office
    for address in behind if deeper else []:
        who.go(address)
        addresses = [*addresses, *links(who, BEHIND)]
    return list(
        dict.fromkeys(
            one
            for one in addresses
            if one.startswith("/") and "?" not in one and not one.endswith("/pdf/")
        )
    )


def links(who: Visitor, chosen: str) -> list[str]:
    addresses: list[str] = who.page.eval_on_selector_all(
        chosen, "all => all.map((one) => one.getAttribute('href'))"
    )
    return list(dict.fromkeys(addresses))
