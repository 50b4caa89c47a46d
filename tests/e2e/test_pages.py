"""Every page that a menu leads to, for everyone who has a menu, wide and on a phone, in Russian and Thai.

Each is quiet (console, policy, answers), no wider than the screen and, by axe, open to everybody; the pictures are for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e import office, people
from tests.e2e.visitor import PHONE, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MENU = ".side-item, .top-item, .bottom-item[href]"
BEHIND = "nav.tabs a, tr[data-href]:first-child a, a.job-card:first-of-type"
ALONE = ("head", "client", "partner", "driver", "cargo-admin")  # their colleagues see parts of the same pages
ROLES = {
    "head": "head@alatoo.demo", "dispatcher": "dispatcher@alatoo.demo", "accountant": "accountant@alatoo.demo",
    "client": "client@alatoo.demo", "partner": "partner@alatoo.demo", "driver": "+996555000001",
    "cargo-admin": "admin@prcargo.demo", "cargo-manager": "manager@prcargo.demo", "cargo-staff": "staff@prcargo.demo",
    "cargo-sale": "sale@prcargo.demo",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_pages_of(role: str, visit: Callable[..., Visitor]) -> None:
    found: list[str] = []
    addresses: list[str] = []
    for language in ("ru", "th"):
        who = visit(role, language=language)
        come_in(who, ROLES[role])
        assert who.page.get_attribute("html", "lang") == language
        addresses = addresses or reachable(who, deeper=role in ALONE)
        for address in addresses:
            who.go(address)
            who.look(re.sub(r"\W+", "-", address).strip("-") or "dashboard")
            if language == "ru" and role in ALONE:
                found += broken(who)
    assert len(addresses) >= 3
    assert not found, "\n".join(found)


def come_in(who: Visitor, login: str) -> None:
    if not login.startswith("+"):
        office.sign_in(who, login, people.PASSWORD)
        return
    who.go("/driver/login/")
    who.fill(phone=login, pin="111111")
    who.press("form:has([name=pin]) button.btn-primary")


def reachable(who: Visitor, *, deeper: bool) -> list[str]:
    """What the menu leads to, the tabs there, and the first card of each list."""
    found = menu = links(who, MENU)
    for address in menu if deeper else []:
        who.go(address)
        found = [*found, *links(who, BEHIND)]
    return list(dict.fromkeys(one for one in found if one.startswith("/") and "?" not in one and not one.endswith("/pdf/")))


def links(who: Visitor, chosen: str) -> list[str]:
    found: list[str] = who.page.eval_on_selector_all(chosen, "all => all.map((one) => one.getAttribute('href'))")
    return list(dict.fromkeys(found))


def broken(who: Visitor) -> list[str]:
    """What axe finds, on both widths."""
    found = []
    for width in (WIDE, PHONE):
        who.page.set_viewport_size({"width": width, "height": 900})
        for one in Axe().run(who.page).response["violations"]:
            found.append(f"{who.page.url} {width}: {one['id']}: {one['nodes'][0]['html'][:160]}")
    return found
